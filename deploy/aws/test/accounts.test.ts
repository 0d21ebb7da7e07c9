import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledgements } from '../lib/acknowledge.ts';
import type { DeployConfig } from '../lib/config.ts';
import { rootApplication } from '../lib/rootApplication.ts';
import { appOf } from './cdkApp.ts';
import { configOf, resourcesOf } from './deployment.ts';
import { render, withoutHelm } from './helm.ts';

const OTHER = '345678901234';
const ROLE = `arn:aws:iam::${OTHER}:role/landfall-portal`;
const ha = configOf('ha');

/** Images of another account, and of another region of this one. */
const CONFIG: DeployConfig = {
  ...ha,
  registry: {
    ...ha.registry,
    others: [
      { account: OTHER, region: 'eu-west-1', portalRole: ROLE },
      { account: ha.account, region: 'us-east-1' },
    ],
  },
};

/** The statement with a Sid of a role. */
function statementOf(identity: string, sid: string): unknown {
  return resourcesOf(CONFIG)
    .filter(
      ({ stack, id, Type }) =>
        stack === 'Identities' &&
        Type === 'AWS::IAM::Policy' &&
        id.startsWith(identity),
    )
    .flatMap(({ Properties }) => {
      const { Statement } = Properties.PolicyDocument as {
        Statement: { Sid?: string; Resource: unknown }[];
      };
      return Statement;
    })
    .find(({ Sid }) => Sid === sid)?.Resource;
}

describe('images of other accounts and regions', () => {
  const own = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/*';
  const ownElsewhere = 'arn:aws:ecr:us-east-1:123456789012:repository/shop/*';
  const others = `arn:aws:ecr:eu-west-1:${OTHER}:repository/shop/*`;

  it('can be read by Image Updater', () => {
    assert.deepEqual(statementOf('ImageUpdater', 'ReadImages'), [
      own,
      others,
      ownElsewhere,
    ]);
  });

  it('can be read by the portal: in other accounts, by the role there', () => {
    assert.deepEqual(statementOf('Portal', 'ReadImages'), [own, ownElsewhere]);
    assert.equal(statementOf('Portal', 'ReadOtherAccounts'), ROLE);
  });

  it('are events that other accounts may send, and nothing else', () => {
    const policies = resourcesOf(CONFIG).filter(
      ({ Type }) => Type === 'AWS::Events::EventBusPolicy',
    );
    assert.deepEqual(
      policies.map(({ Properties }) => Properties),
      [
        {
          StatementId: `ecr-of-${OTHER}`,
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
            Action: 'events:PutEvents',
            Resource: `arn:aws:events:eu-west-1:${ha.account}:event-bus/default`,
            Condition: { StringEquals: { 'events:source': 'aws.ecr' } },
          },
        },
      ],
    );
  });

  it('are registries of Image Updater', { skip: withoutHelm }, () => {
    const { spec } = rootApplication(CONFIG, {
      argoCdUrl: 'http://argocd-server.argocd.svc',
      clusterArn: 'a',
      databaseHost: 'b',
      databasePort: '5432',
      queueUrl: 'c',
    }) as { spec: { source: { helm: { valuesObject: unknown } } } };
    const updater = JSON.stringify(
      render('platform', spec.source.helm.valuesObject).find(
        ({ metadata }) => metadata.name === 'image-updater',
      ),
    );
    for (const host of [
      `${ha.account}.dkr.ecr.eu-west-1`,
      `${OTHER}.dkr.ecr.eu-west-1`,
      `${ha.account}.dkr.ecr.us-east-1`,
    ]) {
      assert.ok(updater.includes(`"prefix":"${host}.amazonaws.com"`), host);
    }
    assert.match(updater, /--region us-east-1/);
  });

  it('need no right that is not acknowledged', () => {
    const accepted = acknowledgements(CONFIG);
    const app = appOf(CONFIG);
    const found = new AwsSolutionsChecks(app)
      .validateScope(app)
      .violations.filter(({ ruleName }) =>
        ruleName.includes('Resource::arn:aws:ecr'),
      )
      .flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => ({
          constructPath,
          ruleName,
        })),
      );
    assert.ok(found.some(({ ruleName }) => ruleName.includes(OTHER)));
    assert.deepEqual(
      found.filter(
        ({ constructPath, ruleName }) =>
          !accepted.some(
            ({ path, id }) =>
              constructPath?.startsWith(path) && id === ruleName,
          ),
      ),
      [],
    );
  });
});
