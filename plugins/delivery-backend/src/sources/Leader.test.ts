import { mockServices } from '@backstage/backend-test-utils';
import { acquireLease, holdsLease } from '../store/operations/leases/leases';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { waitFor } from '../__testUtils__/waitFor';
import { type Duty, Leader } from './Leader';

const databases = createTestDatabases();
const times = { ttlMs: 400, renewMs: 50 };

class CountingDuty implements Duty {
  running = 0;
  starts = 0;
  start() {
    this.running += 1;
    this.starts += 1;
  }
  async stop() {
    this.running -= 1;
  }
}

describe.each(databases.eachSupportedId())('Leader on %s', id => {
  const logger = mockServices.logger.mock();

  async function setUp() {
    const database = await createDatabase(databases, id);
    const start = (owner: string) => {
      const duty = new CountingDuty();
      const leader = Leader.start({
        name: 'duty',
        owner,
        duty,
        database,
        logger,
        times,
      });
      return { duty, leader };
    };
    return { database, start };
  }

  it('has one replica do the duty, and another when it stops', async () => {
    const { start } = await setUp();
    const a = start('a');
    await waitFor(() => expect(a.duty.running).toBe(1));
    const b = start('b');

    await a.leader.stop();

    expect(a.duty.running).toBe(0);
    await waitFor(() => expect(b.duty.running).toBe(1));
    await b.leader.stop();
    expect(b.duty.running).toBe(0);
  });

  it('has another replica take over when the owner dies', async () => {
    const { database, start } = await setUp();
    // A replica that took the lease and was killed: nobody renews or releases it.
    await acquireLease(database.knex, {
      name: 'duty',
      owner: 'dead',
      ttlMs: 300,
    });
    const b = start('b');

    await waitFor(() => expect(b.duty.running).toBe(1));

    expect(await holdsLease(database.knex, { name: 'duty', owner: 'b' })).toBe(
      true,
    );
    await b.leader.stop();
  });

  it('stops the duty when the lease is another one’s', async () => {
    const { database, start } = await setUp();
    const a = start('a');
    await waitFor(() => expect(a.duty.running).toBe(1));

    await database
      .knex('leases')
      .where({ name: 'duty' })
      .update({ owner: 'b' });

    await waitFor(() => expect(a.duty.running).toBe(0));
    await a.leader.stop();
  });

  it('stops the duty when the database can’t be asked for longer than the lease lasts', async () => {
    const { database, start } = await setUp();
    const a = start('a');
    await waitFor(() => expect(a.duty.running).toBe(1));

    await database.knex.schema.renameTable('leases', 'away');
    await waitFor(() => expect(a.duty.running).toBe(0));

    await database.knex.schema.renameTable('away', 'leases');
    await waitFor(() => expect(a.duty.running).toBe(1));
    expect(a.duty.starts).toBe(2);
    await a.leader.stop();
  });
});
