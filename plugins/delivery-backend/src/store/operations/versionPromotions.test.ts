import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { statementsOf, usedIndexes } from '../../__testUtils__/explain';
import {
  promotionAt,
  REF,
  REPOSITORY,
  store,
} from '../../__testUtils__/promotions';
import { applicationKey } from '../applicationKey';
import {
  readLatestStarts,
  readPromotionsById,
  readStartsOfVersions,
} from './versionPromotions';

const databases = createTestDatabases();
const OTHER = { ...REF, name: 'api-prod' };
const KEYS = [REF, OTHER].map(applicationKey);

const of = (
  minute: number,
  id: string,
  rest: Partial<Promotion> = {},
): Promotion => promotionAt(minute, { id, ...rest });

describe.each(databases.eachSupportedId())(
  'promotions by version on %s',
  id => {
    it('come in the order of time and id, whatever the database’s language is', async () => {
      const database = await createDatabase(databases, id);
      await store(database, [
        of(1, 'a'),
        of(2, 'B'),
        of(2, 'b'),
        of(2, 'C', { application: OTHER }),
        of(3, 'd', { repository: 'other' }),
        of(1, 'e', { application: OTHER }),
        of(0, 'f', { application: OTHER }),
      ]);
      const ids = async (
        options: Partial<Parameters<typeof readLatestStarts>[1]>,
      ) =>
        (
          await readLatestStarts(database.knex, {
            applicationKeys: KEYS,
            repository: REPOSITORY,
            limit: 2,
            ...options,
          })
        ).map(start => start.id);
      expect(await ids({})).toEqual(['b', 'C', 'B', 'e']);
      expect(await ids({ limit: 9 })).toEqual(['b', 'C', 'B', 'e', 'a', 'f']);
      const after = { startedAt: '2026-11-23T04:02:00.000Z', id: 'C' };
      expect(await ids({ after })).toEqual(['B', 'e', 'a', 'f']);
      expect(await ids({ applicationKeys: [] })).toEqual([]);
    });

    it('are found by digest, and by tag where the digest is not known', async () => {
      const database = await createDatabase(databases, id);
      const first = of(1, 'p1', {
        version: { tag: '1.0.0', digest: 'sha256:1' },
      });
      await store(database, [
        first,
        of(2, 'p2', { version: { tag: 'prod', digest: 'sha256:1' } }),
        of(3, 'p3', { version: { tag: '1.0.0' } }),
        of(4, 'p4', { version: { tag: '1.0.0', digest: 'sha256:2' } }),
        of(5, 'p5', { version: { digest: 'sha256:1' }, application: OTHER }),
        of(6, 'p6', { version: { digest: 'sha256:1' }, repository: 'other' }),
      ]);
      const starts = await readStartsOfVersions(database.knex, {
        applicationKeys: KEYS,
        repository: REPOSITORY,
        versions: [first.version],
      });
      expect(starts.map(start => start.id).sort()).toEqual([
        'p1',
        'p2',
        'p3',
        'p5',
      ]);
      expect(starts.find(start => start.id === 'p1')).toEqual({
        id: 'p1',
        applicationKey: KEYS[0],
        version: first.version,
        startedAt: '2026-11-23T04:01:00.000Z',
        movedAt: '2026-11-23T04:01:00.000Z',
      });
      expect(await readPromotionsById(database.knex, ['p1', 'p1'])).toEqual([
        first,
      ]);
    });

    it('are read by an index for the version or the time', async () => {
      const database = await createDatabase(databases, id);
      const { knex } = database;
      await store(
        database,
        Array.from({ length: 400 }, (_, index) =>
          of(index % 60, `p${index}`, {
            version: { tag: `1.0.${index}`, digest: `sha256:${index}` },
            application: index % 2 ? REF : OTHER,
          }),
        ),
      );
      await knex.raw('analyze promotions');
      const options = { applicationKeys: KEYS, repository: REPOSITORY };
      const indexesOf = async (work: () => Promise<unknown>) => {
        const statements = await statementsOf(knex, work);
        const used = await Promise.all(
          statements.map(statement => usedIndexes(knex, statement)),
        );
        return [...new Set(used.flat())];
      };
      expect(
        await indexesOf(() => readLatestStarts(knex, { ...options, limit: 2 })),
      ).toEqual(['promotions_repository_idx']);
      // Which of the two is cheaper depends on the data.
      expect(['promotions_digest_idx', 'promotions_version_idx']).toEqual(
        expect.arrayContaining(
          await indexesOf(() =>
            readStartsOfVersions(knex, {
              ...options,
              versions: [{ tag: '1.0.1', digest: 'sha256:1' }],
            }),
          ),
        ),
      );
    });
  },
);
