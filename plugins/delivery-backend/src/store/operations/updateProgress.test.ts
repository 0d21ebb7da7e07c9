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
import { readUpdateProgress } from './updateProgress';

const databases = createTestDatabases();
const digest = 'sha256:a';
const version = { tag: '1.0.1', digest };

describe.each(databases.eachSupportedId())('update progress on %s', id => {
  it('counts the applications that have a version', async () => {
    const database = await createDatabase(databases, id);
    const pushed = {
      at: '2026-11-23T04:00:00.000Z',
      basis: 'reported',
    } as const;
    const committed = { ...pushed, at: '2026-11-23T04:05:00.000Z' };
    const inApplication = (name: string, stages: object, of = version) =>
      promotionAt(0, {
        id: `${name} ${of.digest}`,
        application: { ...REF, name },
        version: of,
        stages: { pushed, ...stages },
      });
    await store(database, [
      inApplication('a', {}),
      inApplication('b', { committed }),
      inApplication('c', { synced: committed }),
      // The tag named another image before.
      inApplication('a', { committed }, { ...version, digest: 'sha256:b' }),
    ]);
    const progressOf = await readUpdateProgress(database.knex, [
      { repository: REPOSITORY, version },
    ]);
    expect(progressOf({ repository: REPOSITORY, version })).toEqual({
      committed: 2,
      total: 3,
      committedAt: committed.at,
    });
    expect(
      progressOf({ repository: REPOSITORY, version: { tag: '2.0.0' } }),
    ).toBeUndefined();
  });
});
