import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
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
import { applicationKey } from '../applicationKey';
import { deletePromotions, readPromotionsPage } from './promotions';
import type { PagePosition } from './pageBefore';
import { readRelevantPromotions } from './relevantPromotions';

const databases = createTestDatabases();
const key = applicationKey(REF);
const minutes = (count: number) => Array.from({ length: count }, (_, i) => i);

describe.each(databases.eachSupportedId())('promotions on %s', id => {
  it('are paged newest first, each exactly once', async () => {
    const database = await createDatabase(databases, id);
    // Pairs that began at the same time: the id decides.
    const promotions = minutes(11).flatMap(minute => [
      promotionAt(minute, { id: `a${minute}` }),
      promotionAt(minute, { id: `b${minute}` }),
    ]);
    await store(database, promotions);

    const seen: Promotion[] = [];
    let after: PagePosition | undefined;
    let pages = 0;
    do {
      const page = await readPromotionsPage(database.knex, {
        applicationKeys: [key],
        limit: 5,
        after,
      });
      seen.push(...page.promotions);
      after = page.next;
      pages += 1;
    } while (after && pages < 10);

    expect(pages).toBe(5);
    expect(new Set(seen.map(promotion => promotion.id)).size).toBe(22);
    expect(seen[0]).toEqual(promotions[21]);
    expect(seen[21]).toEqual(promotions[0]);
  });

  it('are removed when they turn out not to be promotions', async () => {
    const database = await createDatabase(databases, id);
    const [first, second] = minutes(2).map(minute => promotionAt(minute));
    await store(database, [first, second]);

    await deletePromotions(database.knex, [first.id, 'unknown']);

    const { promotions } = await readPromotionsPage(database.knex, {
      applicationKeys: [key],
      limit: 5,
    });
    expect(promotions).toEqual([second]);
  });

  it('have no further page after a full last page', async () => {
    const database = await createDatabase(databases, id);
    await store(
      database,
      minutes(5).map(minute => promotionAt(minute)),
    );

    const page = await readPromotionsPage(database.knex, {
      applicationKeys: [key],
      limit: 5,
    });

    expect(page.promotions).toHaveLength(5);
    expect(page.next).toBeUndefined();
  });

  it('can be filtered by repository, outcome and application', async () => {
    const database = await createDatabase(databases, id);
    const other = { ...REF, name: 'api-prod' };
    await store(database, [
      promotionAt(1, { outcome: 'superseded' }),
      promotionAt(2, { outcome: 'live' }),
      promotionAt(3),
      promotionAt(4, { repository: 'other/web' }),
      promotionAt(5, { application: other }),
    ]);
    const ask = async (
      rest: { repository?: string; outcome?: string },
      keys = [key],
    ) => {
      const page = await readPromotionsPage(database.knex, {
        applicationKeys: keys,
        limit: 10,
        ...rest,
      });
      return page.promotions.map(promotion => promotion.id);
    };

    expect(await ask({})).toEqual(['p04', 'p03', 'p02', 'p01']);
    expect(await ask({ repository: REPOSITORY })).toEqual([
      'p03',
      'p02',
      'p01',
    ]);
    expect(await ask({ outcome: 'live' })).toEqual(['p02']);
    expect(await ask({ outcome: 'open' })).toEqual(['p04', 'p03']);
    expect(await ask({}, [applicationKey(other)])).toEqual(['p05']);
    expect(await ask({}, [])).toEqual([]);
  });

  it('are loaded for the reducer if they are open or recent', async () => {
    const database = await createDatabase(databases, id);
    const old = [
      promotionAt(0, { id: 'open' }),
      promotionAt(1, { id: 'live', outcome: 'live' }),
      promotionAt(2, { id: 'failed', outcome: 'failed' }),
    ];
    const ended = Array.from({ length: 30 }, (_, index) =>
      promotionAt(10 + index, { outcome: 'superseded' }),
    );
    await store(database, [...old, ...ended]);

    const relevant = await readRelevantPromotions(database.knex, {
      applications: [{ key, repositories: [REPOSITORY] }],
      ended: 20,
    });

    expect(relevant.get(key)).toEqual([...old, ...ended.slice(10)]);
  });

  it('are overwritten when they progress', async () => {
    const database = await createDatabase(databases, id);
    const before = promotionAt(1);
    const after = promotionAt(1, {
      outcome: 'live',
      stages: {
        ...before.stages,
        healthy: { at: '2026-11-23T05:00:00.5Z', basis: 'observed' },
      },
    });

    await store(database, [before]);
    await store(database, [after]);

    expect(await database.knex('promotions').select()).toEqual([
      expect.objectContaining({
        id: 'p01',
        started_at: '2026-11-23T04:01:00.000Z',
        healthy_at: '2026-11-23T05:00:00.500Z',
        moved_at: '2026-11-23T05:00:00.500Z',
        outcome: 'live',
      }),
    ]);
  });
});
