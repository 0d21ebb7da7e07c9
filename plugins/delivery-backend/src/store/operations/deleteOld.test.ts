import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { promotionAt, store } from '../../__testUtils__/promotions';
import { deleteOld } from './deleteOld';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('deleteOld on %s', id => {
  it('deletes what ended before, and nothing else', async () => {
    const database = await createDatabase(databases, id);
    await store(database, [
      promotionAt(1, { outcome: 'superseded' }),
      promotionAt(2, { outcome: 'live' }),
      promotionAt(3, { outcome: 'failed' }),
      promotionAt(4),
      promotionAt(5, { outcome: 'abandoned' }),
      promotionAt(30, { outcome: 'rolled-back' }),
    ]);
    const image = { repository: 'r', tags: '[]', seen_at: '2026' };
    await database.knex('images').insert([
      { ...image, digest: 'kept' },
      { ...image, digest: 'removed', removed_at: '2026-11-23T04:00:00.000Z' },
    ]);

    const deleted = await deleteOld(database.knex, '2026-11-23T04:20:00.000Z');

    expect(deleted).toEqual({ promotions: 2, applications: 0, images: 1 });
    expect(await database.knex('promotions').orderBy('id').pluck('id')).toEqual(
      ['p02', 'p03', 'p04', 'p30'],
    );
    expect(await database.knex('images').pluck('digest')).toEqual(['kept']);
  });

  it('deletes applications that are long gone with all that is theirs', async () => {
    const database = await createDatabase(databases, id);
    await store(database, [promotionAt(1, { outcome: 'live' })]);
    await database
      .knex('applications')
      .update({ gone_at: '2026-11-23T04:10:00.000Z' });

    await deleteOld(database.knex, '2026-11-23T04:20:00.000Z');

    expect(await database.knex('applications').select()).toEqual([]);
    expect(await database.knex('promotions').select()).toEqual([]);
  });
});
