import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { promotionAt, REF, store } from '../../__testUtils__/promotions';
import { applicationKey } from '../applicationKey';
import type { PagePosition } from './pageBefore';
import { readPromotionsPage } from './promotions';

const databases = createTestDatabases();
const OTHER = { ...REF, name: 'api-prod' };
const KEYS = [REF, OTHER].map(applicationKey);

/** Few minutes and ids that sort oddly, so that many begin at the same time. */
const aPromotion = fc
  .record({
    minute: fc.nat(5),
    id: fc.string({
      unit: fc.constantFrom('a', 'B', 'b', '1', '-', '_', ':', '/', 'é'),
      minLength: 1,
      maxLength: 4,
    }),
    application: fc.constantFrom(REF, OTHER),
  })
  .map(({ minute, ...rest }) => promotionAt(minute, rest));

const promotions = fc.uniqueArray(aPromotion, {
  selector: ({ id }) => id,
  maxLength: 30,
});

describe.each(databases.eachSupportedId())('pages of promotions on %s', id => {
  it('contain each promotion once, whatever is added in between', async () => {
    const database = await createDatabase(databases, id);
    await fc.assert(
      fc.asyncProperty(
        promotions,
        promotions,
        fc.integer({ min: 1, max: 7 }),
        async (there, coming, limit) => {
          await database.knex('promotions').delete();
          await store(database, there);
          const known = new Set(there.map(promotion => promotion.id));
          const news = coming.filter(promotion => !known.has(promotion.id));

          const seen: Promotion[] = [];
          let after: PagePosition | undefined;
          do {
            const page = await readPromotionsPage(database.knex, {
              applicationKeys: KEYS,
              limit,
              after,
            });
            expect(page.promotions.length).toBeLessThanOrEqual(limit);
            seen.push(...page.promotions);
            // A position that doesn't move would never end.
            expect(seen.length).toBeLessThanOrEqual(
              there.length + coming.length,
            );
            after = page.next;
            await store(database, news.splice(0, 2));
          } while (after);

          const ids = seen.map(promotion => promotion.id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids).toEqual(expect.arrayContaining([...known]));
          const times = seen.map(({ stages }) => stages.pushed?.at ?? '');
          expect(times).toEqual([...times].sort().reverse());
        },
      ),
      { numRuns: 150 },
    );
  });
});
