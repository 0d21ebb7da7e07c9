import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { parseSelector } from '../locator/selector';
import { ClaimIndex } from './ClaimIndex';
import { ENTITY_REF_MARK } from './entityRefMark';
import {
  type ApplicationClaim,
  type ClaimRules,
  judgeClaim,
  toApplicationClaim,
} from './judgeClaim';
import { DEFAULT_ACCESS_RULES } from './types';

const RULES: ClaimRules = {
  instanceNames: ['main', 'edge'],
  accessRules: DEFAULT_ACCESS_RULES,
};
const STRICT: ClaimRules = {
  ...RULES,
  accessRules: { ...DEFAULT_ACCESS_RULES, read: 'strict' },
};
const CLAIM: ApplicationClaim = {
  claimant: { ref: 'component:default/api', owners: ['group:default/shop'] },
  locator: { names: [{ name: 'api' }], problems: [] },
};

function application(
  changes: Partial<Parameters<typeof judgeClaim>[1]> = {},
): Parameters<typeof judgeClaim>[1] {
  return {
    ref: { instance: 'main', namespace: 'argocd', name: 'api' },
    project: 'shop',
    labels: {},
    annotations: {},
    ...changes,
  };
}

const MARKED = { annotations: { [ENTITY_REF_MARK]: CLAIM.claimant.ref } };

describe('judgeClaim', () => {
  it.each<
    [
      string,
      Parameters<typeof judgeClaim>[1],
      ClaimRules,
      ReturnType<typeof judgeClaim>,
    ]
  >([
    [
      'shows what is claimed',
      application(),
      RULES,
      { claimed: true, shown: true, proven: false },
    ],
    [
      'withholds what is only claimed in strict mode',
      application(),
      STRICT,
      { claimed: true, shown: false, proven: false },
    ],
    [
      'shows what is proven in strict mode',
      application(MARKED),
      STRICT,
      { claimed: true, shown: true, proven: true },
    ],
    [
      'ignores an instance that is not configured',
      application({
        ...MARKED,
        ref: { instance: 'old', namespace: 'argocd', name: 'api' },
      }),
      RULES,
      { claimed: false, shown: false, proven: false },
    ],
    [
      'ignores what is proven but not claimed',
      application({
        ...MARKED,
        ref: { instance: 'main', namespace: 'argocd', name: 'web' },
      }),
      RULES,
      { claimed: false, shown: false, proven: false },
    ],
    [
      'takes a name in the namespace of the instance',
      application({
        ref: { instance: 'edge', namespace: 'gitops', name: 'api' },
      }),
      { ...RULES, argocdNamespaces: new Map([['edge', 'gitops']]) },
      { claimed: true, shown: true, proven: false },
    ],
  ])('%s', (_, one, rules, expected) => {
    expect(judgeClaim(CLAIM, one, rules)).toEqual(expected);
  });
});

describe('toApplicationClaim', () => {
  const entity = (annotations: Record<string, string>): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api', annotations },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
  });

  it('reads who claims what', () => {
    expect(toApplicationClaim(entity({ 'argocd/app-name': 'api' }))).toEqual(
      CLAIM,
    );
    expect(toApplicationClaim(entity({ other: 'api' }))).toBeUndefined();
    expect(() =>
      toApplicationClaim(entity({ 'argocd/app-selector': 'a b' })),
    ).toThrow('argocd/app-selector');
  });
});

describe('ClaimIndex', () => {
  const name = fc.constantFrom('api', 'web', 'constructor');
  const label = fc.constantFrom('team', 'tier', 'constructor');
  const selector = fc
    .array(
      fc.oneof(
        fc.tuple(label, name).map(([key, value]) => `${key}=${value}`),
        fc.tuple(label, name).map(([key, value]) => `${key}!=${value}`),
        label.map(key => `${key} in (api,web)`),
        label.map(key => `!${key}`),
        label,
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map(parts => parseSelector(parts.join(',')));
  const claims = fc.array(
    fc.record(
      {
        names: fc.array(fc.record({ name }), { maxLength: 2 }),
        selector,
        project: name,
        namespace: fc.constantFrom('argocd', 'other'),
        instances: fc.subarray(['main', 'edge', 'old']),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 8 },
  );
  const applications = fc.array(
    fc.record({
      ref: fc.record({
        instance: fc.constantFrom('main', 'edge', 'old'),
        namespace: fc.constantFrom('argocd', 'other'),
        name,
      }),
      project: name,
      labels: fc.dictionary(label, name),
      annotations: fc.constantFrom({}, MARKED.annotations),
    }),
    { maxLength: 8 },
  );

  it('finds exactly the entities that judgeClaim shows the application for', () => {
    fc.assert(
      fc.property(
        claims,
        applications,
        fc.constantFrom(RULES, STRICT),
        (locators, all, rules) => {
          const made = locators.map(
            (locator, index): ApplicationClaim => ({
              claimant: {
                ref:
                  index === 0
                    ? CLAIM.claimant.ref
                    : `component:default/${index}`,
                owners: [],
              },
              locator: { ...locator, problems: [] },
            }),
          );
          const index = ClaimIndex.create(made, rules);
          for (const one of all) {
            expect(index.entitiesOf(one)).toEqual(
              made
                .filter(claim => judgeClaim(claim, one, rules).shown)
                .map(({ claimant }) => claimant.ref)
                .sort(),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
