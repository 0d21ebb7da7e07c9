import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  initialState,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { promotionAt, REF } from '../__testUtils__/promotions';
import { applicationKey } from './applicationKey';
import { savePromotions } from './operations/promotions';
import { saveApplications } from './operations/saveApplications';

const NAME = '20261130200000_deployed_changes.js';
const directory = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);
const databases = createTestDatabases();
const KEY = applicationKey(REF);

const at = (time: string, basis: 'reported' | 'observed' = 'reported') => ({
  at: `2026-11-23T${time}:00.000Z`,
  basis,
});

const LIVE: Promotion['stages'] = {
  pushed: at('05:00'),
  committed: at('05:02'),
  synced: at('05:03'),
  healthy: at('05:07', 'observed'),
};

const PROMOTIONS: Partial<Promotion>[] = [
  { stages: LIVE, outcome: 'live', outcomeAt: at('05:07') },
  { stages: { ...LIVE, proposed: at('05:01') } },
  { stages: { ...LIVE, committed: undefined } },
  { stages: { ...LIVE, pushed: undefined } },
  // Only pending.
  { stages: { pushed: at('05:00') } },
  { stages: { pushed: at('05:00') }, outcome: 'abandoned' },
  { stages: { synced: at('05:03') } },
  { stages: { synced: at('05:03') }, outcome: 'superseded' },
  { stages: { synced: at('05:03') }, rollback: true, outcome: 'live' },
  {
    stages: {},
    outcome: 'failed',
    outcomeAt: at('05:09'),
    failure: { at: at('05:08') },
  },
  { stages: LIVE, outcome: 'live', failure: { at: at('05:05', 'observed') } },
  {
    stages: { synced: at('05:03') },
    outcome: 'rolled-back',
    outcomeAt: at('06:00', 'observed'),
    failure: { at: at('05:30') },
  },
  { stages: LIVE, outcome: 'rolled-back', outcomeAt: at('06:00') },
  { stages: LIVE, version: { digest: 'sha256:a' } },
  { stages: LIVE, version: {} },
  { stages: { synced: { at: 'never', basis: 'reported' } } },
  { stages: { ...LIVE, healthy: { at: 'never', basis: 'reported' } } },
];

describe.each(databases.eachSupportedId())('deployed changes on %s', id => {
  it('of an earlier release are filled as this release stores them', async () => {
    const { knex } = await createDatabase(databases, id);
    const refs = [REF, { ...REF, name: 'unseen' }];
    await saveApplications(
      knex,
      refs.map((ref, index) => ({
        key: applicationKey(ref),
        ref,
        memory: {
          ...initialState(ref).memory,
          ...(index === 0 && { firstSeenAt: '2026-11-23T05:00:01.234Z' }),
        },
        isNew: true,
      })),
    );
    // More than the migration reads at a time.
    await savePromotions(
      knex,
      Array.from({ length: 30 }, (_, batch) =>
        PROMOTIONS.map((rest, index) => ({
          applicationKey: KEY,
          promotion: promotionAt(batch, { ...rest, id: `p${batch}-${index}` }),
          seenAt: '2026-11-23T04:00:00Z',
        })),
      ).flat(),
    );
    const stored = async () => ({
      changes: await knex('deployed_changes').orderBy('promotion_id').select(),
      watched: await knex('watched_applications').select(),
    });
    const before = await stored();
    expect(before.changes.length).toBe(30 * 14);
    expect(before.watched).toEqual([
      {
        application_key: KEY,
        since_ms:
          id === 'SQLITE_3'
            ? Date.parse('2026-11-23T05:00:01Z')
            : String(Date.parse('2026-11-23T05:00:01Z')),
      },
    ]);

    await knex.migrate.down({ directory, name: NAME });
    await knex.migrate.up({ directory, name: NAME });

    expect(await stored()).toEqual(before);
  });
});
