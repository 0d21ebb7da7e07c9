import {
  bucketCount,
  type DeployedChange,
  measurePerformance,
  type PerformanceBuckets,
  type Promotion,
  type PromotionOutcome,
  toDeployedChange,
} from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { promotionAt, REF, store } from '../../__testUtils__/promotions';
import { applicationKey } from '../applicationKey';
import type { DeliveryDatabase } from '../DeliveryDatabase';
import { readPerformance, readWatchedSince } from './performance';
import { deletePromotions, savePromotions } from './promotions';

const databases = createTestDatabases();

const START = Date.parse('2026-11-02T00:00:00.000Z');
const STEP = 5 * 60_000;
const RUNS = 40;

const REFS = ['api-dev', 'api-prod'].map(name => ({ ...REF, name }));
const KEYS = REFS.map(applicationKey);

/** Of the second application, from some time within the period. */
const WATCHED_SINCE = START + 12 * STEP;

/** Not a whole number of steps. */
const BUCKETS: PerformanceBuckets = {
  startMs: START,
  endMs: START + 40 * STEP,
  stepMs: 15 * STEP,
};

/** A coarse grid around the period, so that many times coincide. */
const stageTime = fc.record({
  at: fc
    .integer({ min: -10, max: 45 })
    .map(step => new Date(START + step * STEP).toISOString()),
  basis: fc.constantFrom('reported' as const, 'observed' as const),
});

const stages = fc.record(
  {
    pushed: stageTime,
    proposed: stageTime,
    committed: stageTime,
    synced: stageTime,
    healthy: stageTime,
  },
  { requiredKeys: [] },
);

const OUTCOMES: PromotionOutcome[] = [
  'live',
  'failed',
  'superseded',
  'rolled-back',
  'abandoned',
];

const promotions = fc.array(
  fc
    .record({
      application: fc.constantFrom(...REFS),
      repository: fc.constantFrom('registry.example.com/a', 'b'),
      version: fc.record(
        {
          tag: fc.constantFrom('1', '2', 'main'),
          digest: fc.constantFrom('sha256:a', 'sha256:b'),
        },
        { requiredKeys: [] },
      ),
      stages,
      outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined }),
      outcomeAt: stageTime,
      failure: fc.option(fc.record({ at: stageTime }), { nil: undefined }),
      rollback: fc.boolean(),
    })
    .map(
      ({ outcome, outcomeAt, failure, ...rest }): Omit<Promotion, 'id'> => ({
        ...rest,
        ...(outcome && { outcome, outcomeAt }),
        ...(failure && { failure }),
      }),
    ),
  { maxLength: 25 },
);

function changesOf(all: readonly Promotion[]): DeployedChange[] {
  return all.flatMap(
    promotion =>
      toDeployedChange(promotion, applicationKey(promotion.application)) ?? [],
  );
}

async function save(
  { knex }: DeliveryDatabase,
  all: readonly Promotion[],
): Promise<void> {
  await savePromotions(
    knex,
    all.map(promotion => ({
      applicationKey: applicationKey(promotion.application),
      promotion,
      seenAt: '2026-11-02T00:00:00Z',
    })),
  );
}

describe.each(databases.eachSupportedId())('delivery performance on %s', id => {
  /** A store with two applications, the second watched since some time. */
  async function setUp() {
    const database = await createDatabase(databases, id);
    await store(
      database,
      REFS.map((application, index) => promotionAt(index, { application })),
    );
    await database.knex('promotions').delete();
    await database.knex('watched_applications').delete();
    await database
      .knex('watched_applications')
      .insert({ application_key: KEYS[1], since_ms: WATCHED_SINCE });
    return database;
  }

  it('is what the rule says, for any promotions', async () => {
    const database = await setUp();
    await fc.assert(
      fc.asyncProperty(promotions, async generated => {
        const all = generated.map((promotion, index) => ({
          ...promotion,
          id: `p${index}`,
        }));
        await database.knex('promotions').delete();
        await save(database, all);

        const read = await readPerformance(database.knex, {
          applicationKeys: KEYS,
          buckets: BUCKETS,
        });

        expect(read).toEqual(
          measurePerformance(changesOf(all), BUCKETS, key =>
            key === KEYS[1] ? WATCHED_SINCE : 0,
          ),
        );
        expect(read).toHaveLength(bucketCount(BUCKETS));
      }),
      { numRuns: RUNS },
    );
  });

  it('is about the given applications only', async () => {
    const database = await setUp();
    const deployed = REFS.map((application, index) =>
      promotionAt(index, {
        application,
        stages: {
          synced: { at: '2026-11-02T02:00:00Z', basis: 'reported' },
          healthy: { at: '2026-11-02T02:05:00Z', basis: 'reported' },
        },
        outcome: 'live',
      }),
    );
    await save(database, deployed);
    const count = async (applicationKeys: string[]) => {
      const figures = await readPerformance(database.knex, {
        applicationKeys,
        buckets: BUCKETS,
      });
      return figures.map(({ deployments }) => deployments);
    };
    expect(await count(KEYS)).toEqual([0, 2, 0]);
    expect(await count([KEYS[0]])).toEqual([0, 1, 0]);
    expect(await count([])).toEqual([0, 0, 0]);
    expect(await count(['\0'])).toEqual([0, 0, 0]);
    // More than one statement takes as bindings.
    const many = Array.from({ length: 40_000 }, (_, index) => `k${index}`);
    expect(await count([...many, ...KEYS])).toEqual([0, 2, 0]);
  });

  it('follows a promotion until it is no longer deployed', async () => {
    const database = await setUp();
    const failed = promotionAt(1, {
      application: REFS[0],
      stages: {},
      outcome: 'failed',
      outcomeAt: { at: '2026-11-02T01:00:00Z', basis: 'reported' },
      failure: { at: { at: '2026-11-02T01:00:00Z', basis: 'reported' } },
    });
    const failures = async () => {
      const figures = await readPerformance(database.knex, {
        applicationKeys: KEYS,
        buckets: BUCKETS,
      });
      return figures.map(({ failures: number }) => number);
    };
    await save(database, [failed]);
    expect(await failures()).toEqual([1, 0, 0]);

    // The failure turns out to belong to another version.
    const { failure, outcome, outcomeAt, ...pending } = failed;
    await save(database, [pending]);
    expect(await failures()).toEqual([0, 0, 0]);

    await save(database, [failed]);
    await deletePromotions(database.knex, [failed.id]);
    expect(await failures()).toEqual([0, 0, 0]);
  });

  it('knows since when the first application is watched', async () => {
    const database = await setUp();
    expect(await readWatchedSince(database.knex, KEYS)).toBe(WATCHED_SINCE);
    expect(await readWatchedSince(database.knex, [KEYS[0]])).toBeUndefined();
    expect(await readWatchedSince(database.knex, [])).toBeUndefined();
  });
});
