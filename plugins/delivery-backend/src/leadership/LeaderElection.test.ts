import { mockServices } from '@backstage/backend-test-utils';
import { acquireLease, holdsLease } from '../store/operations/leases';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { recordMetrics } from '../__testUtils__/metrics';
import { waitFor } from '@landfall/testing-kit';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { type Fence, FencedError } from '../store/fence';
import { type LeaderTask, LeaderElection, leaseTimes } from './LeaderElection';

const databases = createTestDatabases();
const times = { ttlMs: 400, renewMs: 50 };

class CountingTask implements LeaderTask {
  running = 0;
  starts = 0;
  readonly fences: Fence[] = [];
  start(fence: Fence) {
    this.running += 1;
    this.fences.push(fence);
    this.starts += 1;
  }
  async stop() {
    this.running -= 1;
  }
}

describe.each(databases.eachSupportedId())('LeaderElection on %s', id => {
  const logger = mockServices.logger.mock();

  async function setUp() {
    const database = await createDatabase(databases, id);
    const start = (
      owner: string,
      options: Partial<Parameters<typeof LeaderElection.start>[0]> = {},
    ) => {
      const task = new CountingTask();
      const leader = LeaderElection.start({
        name: 'task',
        owner,
        task,
        database,
        logger,
        times,
        ...options,
      });
      return { task, leader };
    };
    return { database, start };
  }

  it('runs the task on one replica, and on another when that stops', async () => {
    const { start } = await setUp();
    const a = start('a');
    await waitFor(() => expect(a.task.running).toBe(1));
    const b = start('b');

    await a.leader.stop();

    expect(a.task.running).toBe(0);
    await waitFor(() => expect(b.task.running).toBe(1));
    await b.leader.stop();
    expect(b.task.running).toBe(0);
  });

  it('lets another replica take over when the owner dies', async () => {
    const { database, start } = await setUp();
    // A replica acquired the lease and was killed, so nobody renews or releases
    // it.
    await acquireLease(database.knex, {
      name: 'task',
      owner: 'dead',
      ttlMs: 300,
    });
    const b = start('b');

    await waitFor(() => expect(b.task.running).toBe(1));

    expect(await holdsLease(database.knex, b.task.fences[0])).toBe(true);
    await b.leader.stop();
  });

  it('stops the task when another replica holds the lease', async () => {
    const { database, start } = await setUp();
    const a = start('a');
    await waitFor(() => expect(a.task.running).toBe(1));

    await database
      .knex('leases')
      .where({ name: 'task' })
      .update({ owner: 'b' });

    await waitFor(() => expect(a.task.running).toBe(0));
    await a.leader.stop();
  });

  it('stops the task when the database is away for longer than the lease', async () => {
    const { database, start } = await setUp();
    const a = start('a');
    await waitFor(() => expect(a.task.running).toBe(1));

    await database.knex.schema.renameTable('leases', 'away');
    await waitFor(() => expect(a.task.running).toBe(0));

    await database.knex.schema.renameTable('away', 'leases');
    await waitFor(() => expect(a.task.running).toBe(1));
    expect(a.task.starts).toBe(2);
    await a.leader.stop();
  });

  it('fences each term separately, so that an earlier one writes nothing', async () => {
    const { database, start } = await setUp();
    const a = start('a');
    await waitFor(() => expect(a.task.starts).toBe(1));

    // Another replica leads for a while.
    await database
      .knex('leases')
      .where({ name: 'task' })
      .update({ owner: 'b' });
    await waitFor(() => expect(a.task.running).toBe(0));
    await database.knex('leases').delete();
    await waitFor(() => expect(a.task.starts).toBe(2));

    const [former, current] = a.task.fences;
    const write = (fence: Fence) =>
      database.transaction(async () => 'written', fence);
    await expect(write(former)).rejects.toThrow(FencedError);
    expect(await write(current)).toBe('written');
    await a.leader.stop();
  });

  describe('with leases of the usual duration', () => {
    /** Simulates a process that stalled, so that nothing was renewed. */
    async function letPass(database: DeliveryDatabase, milliseconds: number) {
      await database.knex('leases').decrement('expires_at', milliseconds);
    }

    it('keeps the task through 10 s without a renewal, and hands over when the lease expires', async () => {
      const { database, start } = await setUp();
      const a = start('a', { times: leaseTimes() });
      await waitFor(() => expect(a.task.running).toBe(1));
      const other = { name: 'task', owner: 'b', ttlMs: 20_000 };

      await letPass(database, 10_000);
      expect(await acquireLease(database.knex, other)).toBe(false);
      expect(
        await database.transaction(async () => 'written', a.task.fences[0]),
      ).toBe('written');

      await letPass(database, 10_000);
      expect(await acquireLease(database.knex, other)).toBe(true);
      await expect(
        database.transaction(async () => 'written', a.task.fences[0]),
      ).rejects.toThrow(FencedError);
      await a.leader.stop();
    });

    it('reports a late renewal with its delay', async () => {
      const { start } = await setUp();
      const { metrics, measured } = recordMetrics();
      let stoodStillMs = 0;
      const a = start('a', {
        metrics,
        times: { ttlMs: 20_000, renewMs: 20 },
        now: () => performance.now() + stoodStillMs,
      });
      await waitFor(() => expect(a.task.running).toBe(1));

      stoodStillMs = 10_000;

      await waitFor(() =>
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringMatching(
            /^The lease 'task' was renewed 10\.\d s late: /,
          ),
        ),
      );
      expect(
        measured.filter(({ name }) => name === 'delivery.lease.renewal.delay'),
      ).toContainEqual({
        name: 'delivery.lease.renewal.delay',
        value: expect.closeTo(10, 0),
        labels: { lease: 'task' },
      });
      expect(a.task.starts).toBe(1);
      await a.leader.stop();
    });
  });
});
