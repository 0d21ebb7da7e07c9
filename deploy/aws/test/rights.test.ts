import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { configOf, resourcesOf } from './deployment.ts';

const resources = resourcesOf(configOf('ha'));

/** The actions that a role of the identities is allowed. */
function actionsOf(identity: string): string[] {
  const policies = resources.filter(
    ({ stack, id, Type }) =>
      stack === 'Identities' &&
      Type === 'AWS::IAM::Policy' &&
      id.startsWith(identity),
  );
  assert.equal(policies.length, 1, `one policy of ${identity}`);
  const { Statement } = policies[0].Properties.PolicyDocument as {
    Statement: { Action: string | string[] }[];
  };
  return Statement.flatMap(({ Action }) => Action).sort();
}

/** The actions of the policies that a plugin's README asks for. */
function actionsOfReadme(plugin: string): string[] {
  const readme = readFileSync(
    new URL(`../../../plugins/${plugin}/README.md`, import.meta.url),
    'utf8',
  );
  return [...readme.matchAll(/```json\n([\s\S]*?)```/g)]
    .map(([, json]): { Statement?: { Action: string[] }[] } => JSON.parse(json))
    .flatMap(({ Statement = [] }) => Statement)
    .flatMap(({ Action }) => Action);
}

describe('rights in AWS', () => {
  it('give the portal what the READMEs ask for, and its queue and database', () => {
    const asked = [
      ...actionsOfReadme('delivery-node'),
      ...actionsOfReadme('scaffolder-backend-module-delivery'),
    ];
    assert.ok(asked.length > 10, 'the READMEs hold policies');
    assert.deepEqual(
      actionsOf('Portal').filter(action => action.startsWith('ecr:')),
      [...new Set(asked)].sort(),
    );
    assert.deepEqual(
      actionsOf('Portal').filter(action => !action.startsWith('ecr:')),
      [
        'kms:Decrypt',
        'rds-db:connect',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
    );
  });

  it('let Image Updater only read', () => {
    assert.deepEqual(actionsOf('ImageUpdater'), [
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:DescribeImages',
      'ecr:GetAuthorizationToken',
      'ecr:GetDownloadUrlForLayer',
      'ecr:ListImages',
    ]);
  });

  it('let External Secrets read the secrets of this deployment alone', () => {
    assert.deepEqual(actionsOf('ExternalSecrets'), [
      'kms:Decrypt',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
    ]);
  });

  it('trust the pods of EKS and nobody else', () => {
    const roles = resources.filter(
      ({ stack, Type }) => stack === 'Identities' && Type === 'AWS::IAM::Role',
    );
    assert.equal(roles.length, 4);
    for (const { Properties } of roles) {
      const { Statement } = Properties.AssumeRolePolicyDocument as {
        Statement: unknown[];
      };
      assert.deepEqual(Statement, [
        {
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Effect: 'Allow',
          Principal: { Service: 'pods.eks.amazonaws.com' },
        },
      ]);
    }
  });

  it('let the portal into a restored database in place of the former one', () => {
    const config = configOf('ha');
    const text = JSON.stringify(
      resourcesOf({
        ...config,
        database: {
          ...config.database,
          restored: {
            host: 'restored.example.com',
            resourceId: 'cluster-ABCDEFGHIJ0123456789',
          },
        },
      }),
    );
    assert.match(text, /dbuser:cluster-ABCDEFGHIJ0123456789\/landfall/);
    assert.match(text, /restored\.example\.com/);
    assert.equal(text.match(/rds-db:connect/g)?.length, 1);
  });
});
