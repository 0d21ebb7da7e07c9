import fc from 'fast-check';
import { groupPromotions, type GroupedPromotion } from './groupPromotions';

const application = (name: string) => ({
  instance: 'main',
  namespace: 'argocd',
  name,
});

const promoted = (
  name: string,
  rest: Partial<GroupedPromotion> = {},
): GroupedPromotion => ({
  application: application(name),
  repository: 'shop/api',
  version: { tag: '1.0.1', digest: 'sha256:1' },
  ...rest,
});

/** The applications of each group. */
function namesOf(promotions: GroupedPromotion[]): string[] {
  return groupPromotions(promotions).map(group =>
    group.promotions.map(each => each.application.name).join(),
  );
}

describe('groupPromotions', () => {
  it.each<[string, GroupedPromotion[], string[]]>([
    ['nothing', [], []],
    [
      'one version in three applications',
      [promoted('prod'), promoted('staging'), promoted('dev')],
      ['prod,staging,dev'],
    ],
    [
      'no two digests of one tag',
      [
        promoted('prod', { version: { tag: 'latest', digest: 'sha256:2' } }),
        promoted('dev', { version: { tag: 'latest', digest: 'sha256:1' } }),
      ],
      ['prod', 'dev'],
    ],
    [
      'no version whose digest is not known',
      [promoted('prod', { version: { tag: '1.0.1' } }), promoted('dev')],
      ['prod', 'dev'],
    ],
    [
      'no two tags of one digest',
      [
        promoted('prod', { version: { tag: 'prod', digest: 'sha256:1' } }),
        promoted('dev'),
      ],
      ['prod', 'dev'],
    ],
    [
      'no two repositories',
      [promoted('prod', { repository: 'shop/web' }), promoted('dev')],
      ['prod', 'dev'],
    ],
    [
      'no rollback with what was promoted',
      [
        promoted('prod', { rollback: true }),
        promoted('dev', { rollback: true }),
        promoted('prod'),
      ],
      ['prod,dev', 'prod'],
    ],
    [
      'an application once',
      [promoted('dev'), promoted('prod'), promoted('dev')],
      ['dev,prod', 'dev'],
    ],
    [
      'versions that others come between',
      [
        promoted('prod'),
        promoted('dev', { version: { tag: '1.0.2', digest: 'sha256:2' } }),
        promoted('dev'),
      ],
      ['prod,dev', 'dev'],
    ],
  ])('groups %s', (_, promotions, groups) => {
    expect(namesOf(promotions)).toEqual(groups);
  });

  const aPromotion: fc.Arbitrary<GroupedPromotion> = fc.record(
    {
      application: fc.constantFrom('dev', 'staging', 'prod').map(application),
      repository: fc.constantFrom('shop/api', 'shop/web'),
      version: fc.record(
        {
          tag: fc.constantFrom('1.0.0', '1.0.1', 'latest'),
          digest: fc.constantFrom('sha256:1', 'sha256:2'),
        },
        { requiredKeys: [] },
      ),
      rollback: fc.boolean(),
    },
    { requiredKeys: ['application', 'repository', 'version'] },
  );

  const list = fc.array(aPromotion, { maxLength: 30 });

  it('keeps every promotion once, and never merges what differs', () => {
    fc.assert(
      fc.property(list, promotions => {
        const groups = groupPromotions(promotions);
        expect(groups.flatMap(group => group.promotions)).toHaveLength(
          promotions.length,
        );
        expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
        for (const { promotions: own } of groups) {
          const distinct = (of: (each: GroupedPromotion) => unknown) =>
            new Set(own.map(each => JSON.stringify(of(each)))).size;
          expect(distinct(each => each.repository)).toBe(1);
          expect(distinct(each => each.version.digest ?? null)).toBe(1);
          expect(distinct(each => each.version.tag ?? null)).toBe(1);
          expect(distinct(each => each.rollback ?? false)).toBe(1);
          expect(distinct(each => each.application)).toBe(own.length);
        }
      }),
    );
  });

  it('joins a group that continues on the next page, and keeps its place', () => {
    fc.assert(
      fc.property(list, list, (first, next) => {
        const before = groupPromotions(first);
        const after = groupPromotions([...first, ...next]);
        before.forEach(({ id, promotions }, index) => {
          expect(after[index].id).toBe(id);
          expect(after[index].promotions.slice(0, promotions.length)).toEqual(
            promotions,
          );
        });
      }),
    );
  });
});
