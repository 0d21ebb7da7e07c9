import type {
  ImageVersion,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import {
  promotionAt,
  REF,
  REPOSITORY,
  store,
} from '../../__testUtils__/promotions';
import { trafficOf } from '../../__testUtils__/traffic';
import { applicationKey } from '../../store/applicationKey';
import type { PagePosition } from '../../store/operations/pageBefore';
import { readVersionsPage } from './readVersionsPage';

const databases = createTestDatabases();
const OTHER = { ...REF, name: 'api-prod' };
const KEYS = [REF, OTHER].map(applicationKey);

/** Few minutes and versions, so that much begins at once and comes again. */
const somePromotions = fc
  .array(
    fc.record({
      minute: fc.nat(9),
      application: fc.constantFrom(REF, OTHER),
      version: fc
        .integer({ min: 1, max: 7 })
        .map(patch => ({ tag: `1.0.${patch}`, digest: `sha256:${patch}` })),
    }),
    { maxLength: 30 },
  )
  .map(all =>
    all.map(({ minute, ...rest }, index) =>
      promotionAt(minute, { id: `p${index}`, ...rest }),
    ),
  );

async function pagesOf(knex: Knex, limit: number): Promise<ImageVersion[][]> {
  const pages: ImageVersion[][] = [];
  let after: PagePosition | undefined;
  do {
    const page = await readVersionsPage(knex, {
      applicationKeys: KEYS,
      repository: REPOSITORY,
      limit,
      after,
    });
    pages.push(page.versions);
    // A position that doesn't move would never end.
    expect(pages.length).toBeLessThan(100);
    after = page.next;
  } while (after);
  return pages;
}

/** The digests of the versions, the latest to begin first. */
function inOrder(promotions: Promotion[]): (string | undefined)[] {
  const began = (promotion: Promotion) =>
    `${promotion.stages.pushed?.at} ${promotion.id}`;
  const firsts = new Map<string | undefined, string>();
  for (const promotion of promotions) {
    const { digest } = promotion.version;
    const first = firsts.get(digest);
    if (first === undefined || began(promotion) < first) {
      firsts.set(digest, began(promotion));
    }
  }
  return [...firsts]
    .sort(([, a], [, b]) => (a < b ? 1 : -1))
    .map(([digest]) => digest);
}

describe.each(databases.eachSupportedId())('pages of versions on %s', id => {
  it('contain each version once, where it began', async () => {
    const database = await createDatabase(databases, id);
    await fc.assert(
      fc.asyncProperty(
        somePromotions,
        fc.integer({ min: 1, max: 4 }),
        async (promotions, limit) => {
          await database.knex('promotions').delete();
          await store(database, promotions);
          const pages = (await pagesOf(database.knex, limit)).map(versions => [
            ...new Set(versions.map(({ digest }) => digest)),
          ]);
          for (const page of pages) {
            expect(page.length).toBeLessThanOrEqual(limit);
          }
          const expected = inOrder(promotions);
          // Within a page, the versions have no order.
          let from = 0;
          for (const page of pages) {
            expect([...page].sort()).toEqual(
              expected.slice(from, from + page.length).sort(),
            );
            from += page.length;
          }
          expect(from).toBe(expected.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('cost the same, however long the history is', async () => {
    const database = await createDatabase(databases, id);
    const read = async () => {
      const { rows, statements } = await trafficOf(database.knex, () =>
        readVersionsPage(database.knex, {
          applicationKeys: KEYS,
          repository: REPOSITORY,
          limit: 5,
        }),
      );
      return { rows, statements: statements.length };
    };
    const versions = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) =>
        [REF, OTHER].map(application =>
          promotionAt(59 - ((from + index) % 60), {
            id: `${application.name} ${from + index}`,
            application,
            version: {
              tag: `${from + index}`,
              digest: `sha256:${from + index}`,
            },
          }),
        ),
      ).flat();
    await store(database, versions(0, 20));
    const few = await read();
    expect(few.rows).toBeGreaterThan(0);

    // Older ones, of the same minutes of the hour before.
    await store(
      database,
      versions(60, 400).map(promotion => ({
        ...promotion,
        stages: {
          pushed: {
            at: String(promotion.stages.pushed?.at).replace('T04', 'T03'),
            basis: 'reported' as const,
          },
        },
      })),
    );
    expect(await read()).toEqual(few);
  });

  it('pass the rollbacks of one version to find the others', async () => {
    const database = await createDatabase(databases, id);
    const versionOf = (patch: number) => ({
      tag: `1.0.${patch}`,
      digest: `sha256:${patch}`,
    });
    await store(database, [
      ...Array.from({ length: 7 }, (_, index) =>
        promotionAt(50 + index, {
          id: `back${index}`,
          version: versionOf(0),
          rollback: true,
        }),
      ),
      promotionAt(2, { id: 'new', version: versionOf(1) }),
      promotionAt(1, { id: 'old', version: versionOf(0) }),
    ]);
    const [first] = await pagesOf(database.knex, 2);
    expect(first.map(({ tag }) => tag)).toContain('1.0.1');
  });
});
