import fc from 'fast-check';
import type { Application } from '../model/application';
import {
  compareEnvironments,
  environmentOf,
  type EnvironmentRule,
} from './environments';

function application(change: {
  name?: string;
  project?: string;
  labels?: Record<string, string>;
  destination?: Application['destination'];
}): Application {
  return {
    ref: { instance: 'main', namespace: 'argocd', name: change.name ?? 'api' },
    uid: 'uid',
    project: change.project ?? 'shop',
    labels: change.labels ?? {},
    annotations: {},
    destination: change.destination ?? {},
    sources: [],
    automatedSync: true,
    sync: { status: 'Synced', revisions: [] },
    health: { status: 'Healthy' },
    images: [],
    externalUrls: [],
    history: [],
    conditions: [],
    resources: { total: 0, outOfSync: 0, unwell: [] },
  };
}

const rules: EnvironmentRule[] = [
  { name: 'canary', match: { name: '*-canary' } },
  { name: 'dev', match: { labels: { stage: 'd' } } },
  { name: 'staging' },
  { name: 'prod', match: { cluster: 'production', project: 'shop' } },
];

describe('environmentOf', () => {
  it.each<[string, Parameters<typeof application>[0], string]>([
    ['the label environment', { labels: { environment: 'qa' } }, 'qa'],
    ['the label env', { labels: { env: 'qa' } }, 'qa'],
    ['environment before env', { labels: { env: 'a', environment: 'b' } }, 'b'],
    [
      'the namespace, without a label',
      { destination: { namespace: 'team' } },
      'team',
    ],
    ['neither', {}, 'unknown'],
    ['a rule by label', { labels: { stage: 'd', env: 'qa' } }, 'dev'],
    ['a rule by name of the application', { name: 'api-canary' }, 'canary'],
    [
      'a rule by cluster and project',
      { destination: { name: 'production' } },
      'prod',
    ],
    [
      'only one of two conditions',
      { destination: { name: 'production', namespace: 'n' }, project: 'other' },
      'n',
    ],
    [
      'a rule without conditions, by its name',
      { labels: { env: 'staging' } },
      'staging',
    ],
  ])('goes by %s', (_, change, expected) => {
    expect(environmentOf(application(change), rules)).toBe(expected);
  });

  it('reads * in a name as any characters, and everything else as itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', '*', '.'), { maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 }),
        (pattern, name) => {
          const glob = pattern.join('');
          const expected = new RegExp(
            `^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`,
          ).test(name);
          const rule = [{ name: 'yes', match: { name: glob } }];
          expect(environmentOf(application({ name }), rule)).toBe(
            expected ? 'yes' : 'unknown',
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('compareEnvironments', () => {
  it('keeps the configured order, followed by the others by name', () => {
    expect(
      ['zeta', 'prod', 'alpha', 'staging', 'dev'].sort(
        compareEnvironments(rules),
      ),
    ).toEqual(['dev', 'staging', 'prod', 'alpha', 'zeta']);
  });
});
