import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { argoCdValues } from '../lib/argoCdValues.ts';
import { globMatches } from './appProject.ts';
import { configOf } from './deployment.ts';
import { withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';

/** A line of `argocd-rbac-cm` that allows or denies something. */
interface Rule {
  role: string;
  resource: string;
  action: string;
  object: string;
  effect: string;
}

function rulesOf(csv: string): Rule[] {
  return [...csv.matchAll(/^p, (.+)$/gm)].map(([, line]) => {
    const [role, resource, action, object, effect] = line.split(', ');
    return { role, resource, action, object, effect };
  });
}

/** As Argo CD decides: allowed by a rule, and denied by none. */
function may(
  rules: readonly Rule[],
  role: string,
  action: string,
  application: string,
): boolean {
  const effects = rules
    .filter(
      rule =>
        rule.role === `role:${role}` &&
        rule.resource === 'applications' &&
        globMatches(rule.action, action) &&
        globMatches(rule.object, application),
    )
    .map(({ effect }) => effect);
  return effects.includes('allow') && !effects.includes('deny');
}

function policyOf(profile: 'small' | 'ha'): Record<string, string> {
  const { argocd, portal } = configOf(profile);
  assert.equal(argocd.mode, 'helm');
  const { configs } = argoCdValues(
    argocd as Extract<typeof argocd, { mode: 'helm' }>,
    portal,
  ) as { configs: { rbac: Record<string, string> } };
  return configs.rbac;
}

const ACTIONS = [
  'get',
  'create',
  'update',
  'delete',
  'sync',
  'override',
  'action/apps/Deployment/restart',
];

describe("the portal's rights in Argo CD", () => {
  const { 'policy.csv': csv, 'policy.default': fallback } = policyOf('ha');
  const rules = rulesOf(csv);
  const allowed = (role: string, application: string) =>
    ACTIONS.filter(action => may(rules, role, action, application));

  it('are only to read, with the account that watches', () => {
    assert.deepEqual(allowed('backstage', 'shop/api-dev'), ['get']);
    assert.deepEqual(allowed('backstage', 'platform/portal'), ['get']);
  });

  it('are what the README asks for, with the account that changes', () => {
    const readme = readFileSync(
      new URL('../../../plugins/delivery-node/README.md', import.meta.url),
      'utf8',
    );
    const asked = rulesOf(readme).filter(
      ({ role, action }) =>
        role === 'role:backstage-write' && !action.startsWith('action/'),
    );
    assert.equal(asked.length, 4);
    assert.deepEqual(
      allowed('backstage-write', 'shop/api-dev').sort(),
      asked.map(({ action }) => action).sort(),
    );
  });

  it(
    'do not reach what the platform consists of',
    { skip: withoutHelm },
    () => {
      const { projects = [] } = platformOf('ha') ?? {};
      const { prefixes } = configOf('ha').registry;
      const own = projects
        .map(({ metadata: { name } }) => name)
        .filter(name => !prefixes.includes(name));
      assert.deepEqual(own, ['platform', 'services']);
      for (const project of own) {
        assert.deepEqual(
          allowed('backstage-write', `${project}/a`),
          [],
          project,
        );
      }
    },
  );

  it('are those of no one else', () => {
    assert.equal(fallback, '');
    assert.deepEqual(
      [...csv.matchAll(/^g, (.+)$/gm)].map(([, g]) => g),
      ['backstage, role:backstage', 'backstage-write, role:backstage-write'],
    );
  });
});
