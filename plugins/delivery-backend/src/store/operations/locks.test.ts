import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { waitFor } from '@landfall/testing-kit';
import { readImageUpdaters, replaceImageUpdaters } from './imageUpdaters';
import { lockImageUpdaters } from './locks';

const databases = createTestDatabases();
const REF = { instance: 'main', namespace: 'argocd', name: 'api' };
const UPDATER = {
  namespace: 'argocd',
  name: 'shop',
  spec: { applicationRefs: [{ namePattern: 'api' }] },
};

describe.each(databases.eachSupportedId())('lockImageUpdaters on %s', id => {
  it('keeps the ImageUpdaters of an instance as they are until the transaction ends', async () => {
    const database = await createDatabase(databases, id);
    const { knex } = database;
    const replace = (instance: string) =>
      database.transaction(tx =>
        replaceImageUpdaters(tx, {
          instance,
          manager: 'apps',
          updaters: [UPDATER],
        }),
      );
    /** How many transactions wait for a lock, or on SQLite for its only connection. */
    const waiting = async () =>
      id === 'SQLITE_3'
        ? 1
        : (
            await knex('pg_locks')
              .join('pg_database', 'pg_database.oid', 'pg_locks.database')
              .whereRaw('datname = current_database()')
              .where({ locktype: 'advisory', granted: false })
          ).length;
    let replaced: Promise<unknown> | undefined;

    const [before, after] = await database.transaction(async tx => {
      await lockImageUpdaters(tx, ['main'], 'shared');
      const first = await readImageUpdaters(tx, [REF]);
      replaced = replace('main');
      if (id !== 'SQLITE_3') {
        await replace('other');
      }
      await waitFor(async () => expect(await waiting()).toBe(1));
      return [first, await readImageUpdaters(tx, [REF])];
    });
    await replaced;

    expect(after).toEqual(before);
    expect(await readImageUpdaters(knex, [REF])).toHaveLength(1);
  });
});
