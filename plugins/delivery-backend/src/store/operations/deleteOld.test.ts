import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { promotionAt, REF, store } from '../../__testUtils__/promotions';
import { applicationKey } from '../applicationKey';
import { deleteOld } from './deleteOld';

const databases = createTestDatabases();

const RETENTION = {
  before: '2026-11-23T04:20:00.000Z',
  unsentBefore: '2026-11-23T04:30:00.000Z',
  instances: ['main'],
};
const OLD = '2026-11-23T04:10:00.000Z';
const NEW = '2026-11-23T04:50:00.000Z';

describe.each(databases.eachSupportedId())('deleteOld on %s', id => {
  it('deletes promotions that ended before, and nothing else', async () => {
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
    await database.knex('image_details').insert(
      ['kept', 'removed'].map(digest => ({
        repository: 'r',
        digest,
        document: '{}',
      })),
    );

    const deleted = await deleteOld(database, RETENTION);

    expect(deleted).toEqual({ promotions: 2, applications: 0, images: 1 });
    expect(await database.knex('promotions').orderBy('id').pluck('id')).toEqual(
      ['p02', 'p03', 'p04', 'p30'],
    );
    for (const table of ['images', 'image_details']) {
      expect(await database.knex(table).pluck('digest')).toEqual(['kept']);
    }
  });

  it('deletes applications that are long gone, with all of their data', async () => {
    const database = await createDatabase(databases, id);
    await store(database, [promotionAt(1, { outcome: 'live' })]);
    await database
      .knex('applications')
      .update({ gone_at: '2026-11-23T04:10:00.000Z' });

    await deleteOld(database, RETENTION);

    expect(await database.knex('applications').select()).toEqual([]);
    expect(await database.knex('promotions').select()).toEqual([]);
  });

  it('deletes the data of instances that are no longer configured', async () => {
    const database = await createDatabase(databases, id);
    const names = ['main', 'removed', 'removed-lately'];
    await store(
      database,
      names.map((instance, minute) =>
        promotionAt(minute, {
          outcome: 'live',
          application: { ...REF, instance },
        }),
      ),
    );
    await database.knex('instances').insert(
      names.map(name => ({
        name,
        state: 'unreachable',
        since: OLD,
        last_heard_at: name === 'removed-lately' ? NEW : OLD,
      })),
    );

    expect(await deleteOld(database, RETENTION)).toMatchObject({
      applications: 1,
    });

    const left = ['main', 'removed-lately'];
    expect(
      await database.knex('instances').orderBy('name').pluck('name'),
    ).toEqual(left);
    expect(
      await database.knex('applications').orderBy('instance').pluck('instance'),
    ).toEqual(left);
    expect(await database.knex('promotions').pluck('id')).toHaveLength(2);
  });

  it('deletes repositories that no application uses, with their images', async () => {
    const database = await createDatabase(databases, id);
    await store(database, [promotionAt(1, { outcome: 'live' })]);
    const repositories = ['used', 'unused', 'unused-lately'];
    await database.knex('repositories').insert(
      repositories.map(repository => ({
        repository,
        next_read_at: repository === 'unused-lately' ? NEW : OLD,
      })),
    );
    await database.knex('images').insert(
      repositories.map(repository => ({
        repository,
        digest: 'd',
        tags: '[]',
        seen_at: OLD,
      })),
    );
    await database
      .knex('application_repositories')
      .insert({ application_key: applicationKey(REF), repository: 'used' });

    expect(await deleteOld(database, RETENTION)).toMatchObject({
      images: 1,
    });

    for (const table of ['repositories', 'images']) {
      expect(
        await database.knex(table).orderBy('repository').pluck('repository'),
      ).toEqual(['unused-lately', 'used']);
    }
  });

  it('deletes abandoned queue entries', async () => {
    const database = await createDatabase(databases, id);
    await store(database, [promotionAt(1, { outcome: 'live' })]);
    const times = { old: OLD, recent: NEW };
    const { knex } = database;
    for (const [name, at] of Object.entries(times)) {
      await knex('revisions').insert({
        repo_url: 'r',
        revision: name,
        author: 'a',
        date: at,
        message: 'm',
        seen_at: at,
      });
      await knex('revision_requests').insert({
        repo_url: 'r',
        revision: name,
        application_key: applicationKey(REF),
        instance: 'main',
        next_attempt_at: NEW,
        wanted_since: at,
      });
      await knex('commit_ranges').insert({
        application_key: applicationKey(REF),
        to_revision: name,
        from_revision: 'a',
        repo_url: 'r',
        paths: '[]',
        next_attempt_at: NEW,
        wanted_since: at,
      });
      await knex('application_hints').insert({
        instance: 'main',
        namespace: 'argocd',
        name,
        hinted_at: at,
      });
      await knex('outbox').insert({ message: name, created_at: at });
      await knex('notices').insert({
        message: name,
        created_at: at,
        next_attempt_at: at,
      });
      await knex('leases').insert({
        name,
        owner: 'o',
        expires_at: new Date(at).getTime(),
      });
    }

    await deleteOld(database, RETENTION);

    expect(await knex('revisions').pluck('revision')).toEqual(['recent']);
    expect(await knex('revision_requests').pluck('revision')).toEqual([
      'recent',
    ]);
    expect(await knex('commit_ranges').pluck('to_revision')).toEqual([
      'recent',
    ]);
    expect(await knex('application_hints').pluck('name')).toEqual(['recent']);
    expect(await knex('outbox').pluck('message')).toEqual(['recent']);
    expect(await knex('notices').pluck('message')).toEqual(['recent']);
    expect(await knex('leases').pluck('name')).toEqual(['recent']);
  });

  it('deletes more rows than fit in one transaction, for each kind of key', async () => {
    const database = await createDatabase(databases, id);
    await store(database, [
      ...[1, 2, 3, 4, 5].map(minute =>
        promotionAt(minute, { outcome: 'superseded' }),
      ),
      ...[6, 7, 8, 9].map(minute =>
        promotionAt(minute, {
          outcome: 'live',
          application: { ...REF, name: `gone-${minute % 3}` },
        }),
      ),
    ]);
    const { knex } = database;
    await knex('applications')
      .where('name', 'like', 'gone-%')
      .update({ gone_at: OLD });
    await knex('repositories').insert({
      repository: 'unused',
      next_read_at: OLD,
    });
    await knex('images').insert(
      Array.from({ length: 5 }, (_, index) => ({
        repository: index < 3 ? 'unused' : 'used',
        digest: `d${index}`,
        tags: '[]',
        seen_at: OLD,
        removed_at: index < 3 ? null : OLD,
      })),
    );

    expect(await deleteOld(database, RETENTION, { batchSize: 2 })).toEqual({
      promotions: 5,
      applications: 3,
      images: 5,
    });

    for (const table of ['promotions', 'images', 'repositories']) {
      expect(await knex(table).select()).toEqual([]);
    }
    expect(await knex('applications').pluck('name')).toEqual([REF.name]);
  });

  it('deletes the other kinds if rows of one kind can’t be deleted', async () => {
    const database = await createDatabase(databases, id);
    await store(database, [
      promotionAt(1, { outcome: 'superseded' }),
      promotionAt(2, { outcome: 'abandoned' }),
    ]);
    await database.knex('outbox').insert({ message: 'm', created_at: OLD });
    await database.knex.schema.renameTable('images', 'away');

    await expect(deleteOld(database, RETENTION)).rejects.toMatchObject({
      message: expect.stringContaining('images'),
      errors: [expect.anything()],
    });

    expect(await database.knex('promotions').select()).toEqual([]);
    expect(await database.knex('outbox').select()).toEqual([]);
    await database.knex.schema.renameTable('away', 'images');
    await deleteOld(database, RETENTION);
  });

  it('gives way to trackers that write the same rows', async () => {
    const database = await createDatabase(databases, id);
    const promotions = Array.from({ length: 60 }, (_, index) =>
      promotionAt(index, {
        outcome: 'superseded',
        application: { ...REF, name: `app-${index % 6}` },
      }),
    );
    await store(database, promotions);

    await Promise.all([
      ...Array.from({ length: 4 }, () =>
        deleteOld(database, RETENTION, { batchSize: 3 }),
      ),
      ...Array.from({ length: 4 }, () =>
        store(database, [...promotions].reverse()),
      ),
    ]);

    await deleteOld(database, RETENTION);
    expect(await database.knex('promotions').select()).toHaveLength(40);
  });

  it('stops when the signal aborts', async () => {
    const database = await createDatabase(databases, id);
    await store(database, [promotionAt(1, { outcome: 'superseded' })]);

    await expect(
      deleteOld(database, RETENTION, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });

    expect(await database.knex('promotions').pluck('id')).toEqual(['p01']);
  });
});
