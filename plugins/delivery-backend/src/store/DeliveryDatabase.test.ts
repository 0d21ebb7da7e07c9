import type { Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { isPostgres } from './isPostgres';

const databases = createTestDatabases();

/** Whether the transaction itself says if its commit waits for the disk. */
async function commitSetting(tx: Knex.Transaction): Promise<string> {
  if (!isPostgres(tx)) {
    return 'as the file is set';
  }
  const { rows } = await tx.raw(
    "select setting, source from pg_settings where name = 'synchronous_commit'",
  );
  const [{ setting, source }] = rows;
  return source === 'session' ? setting : 'as the server is set';
}

describe.each(databases.eachSupportedId())('transactions on %s', id => {
  it('wait for the disk unless what they write can be restored', async () => {
    const database = await createDatabase(databases, id);
    const onPostgres = isPostgres(database.knex);

    expect(
      await database.transaction(commitSetting, undefined, {
        restorable: true,
      }),
    ).toBe(onPostgres ? 'off' : 'as the file is set');
    // The setting ends with its transaction.
    expect(await database.transaction(commitSetting)).toBe(
      onPostgres ? 'as the server is set' : 'as the file is set',
    );
  });
});
