import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { configOf, PROFILES, type Stack, stacksOf } from './deployment.ts';
import { Resolver } from './resolve.ts';
import { python, toolPath, without } from './tools.ts';

/** The clients of the SDK that CDK's custom resources can call. */
const SDK: Record<string, unknown> = JSON.parse(
  readFileSync(
    new URL(
      'custom-resources/lib/helpers-internal/sdk-v3-metadata.json',
      import.meta.resolve('aws-cdk-lib/package.json'),
    ),
    'utf8',
  ),
);

interface Finding {
  name: string;
  issue: string;
  severity: string;
  detail: string;
}

/** Findings that are accepted, and why. */
const ACCEPTED: { issue: string; name?: RegExp; why: string }[] = [
  {
    issue: 'RESOURCE_STAR',
    why: 'The actions of these statements have no resource; nag.test.ts has the list',
  },
];

/** Every policy that a role of the templates has. */
function policiesOf(stacks: Stack[]): { name: string; policy: unknown }[] {
  const resolver = new Resolver(stacks);
  return stacks.flatMap(stack =>
    Object.entries(stack.template.Resources).flatMap(
      ([id, { Type, Properties = {} }]) => {
        const documents =
          Type === 'AWS::IAM::Policy'
            ? [Properties.PolicyDocument]
            : Type === 'AWS::IAM::Role' && Array.isArray(Properties.Policies)
            ? Properties.Policies.map(({ PolicyDocument }) => PolicyDocument)
            : [];
        return documents.map(document => ({
          name: `${stack.id}/${id}`,
          policy: resolver.resolve(stack, document),
        }));
      },
    ),
  );
}

describe('the policies of roles', () => {
  it('can be filled in', () => {
    for (const profile of PROFILES) {
      const policies = policiesOf(stacksOf(configOf(profile)));
      assert.ok(policies.length >= 8, `${profile}: ${policies.length}`);
      const text = JSON.stringify(policies);
      assert.doesNotMatch(text, /Fn::|"Ref"/);
    }
  });

  it('are made by calls of services that the SDK has', () => {
    const services = new Set(Object.keys(SDK));
    const calls = PROFILES.flatMap(profile =>
      stacksOf(configOf(profile)).flatMap(({ template }) =>
        Object.values(template.Resources)
          .filter(({ Type }) => Type === 'Custom::AWS')
          .flatMap(({ Properties }) => [
            ...JSON.stringify(Properties).matchAll(
              /\\"service\\":\\"([\w-]+)\\"/g,
            ),
          ]),
      ),
    );
    assert.ok(calls.length >= 4);
    assert.deepEqual(
      calls
        .map(([, service]) => service)
        .filter(service => !services.has(service.toLowerCase())),
      [],
    );
  });

  it(
    'name actions and resources that exist, by parliament',
    { skip: without(toolPath('parliament')) },
    () => {
      const findings = python(
        './policies.py',
        PROFILES.flatMap(profile => policiesOf(stacksOf(configOf(profile)))),
      ) as Finding[];
      const others = findings.filter(
        ({ issue, name }) =>
          !ACCEPTED.some(
            one => one.issue === issue && (one.name?.test(name) ?? true),
          ),
      );
      assert.deepEqual(others, []);
    },
  );

  it('let External Secrets decrypt every secret that it reads', () => {
    for (const profile of PROFILES) {
      const stacks = stacksOf(configOf(profile));
      const policy = JSON.stringify(
        policiesOf(stacks).filter(({ name }) =>
          name.startsWith('Identities/ExternalSecrets'),
        ),
      );
      // A database on RDS has its own key, and its master secret is read.
      const keys = profile === 'small' ? 2 : 1;
      const identity = stacks.find(({ id }) => id === 'Identities')?.template
        .Resources;
      const statements = Object.entries(identity ?? {})
        .filter(
          ([id, { Type }]) =>
            Type === 'AWS::IAM::Policy' && id.startsWith('ExternalSecrets'),
        )
        .flatMap(
          ([, { Properties }]) =>
            (
              Properties.PolicyDocument as {
                Statement: { Action: string; Resource: unknown }[];
              }
            ).Statement,
        )
        .filter(({ Action }) => Action === 'kms:Decrypt')
        .flatMap(({ Resource }) => Resource);
      assert.equal(statements.length, keys, `${profile}: ${policy}`);
    }
  });
});
