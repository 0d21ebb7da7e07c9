import { mockServices } from '@backstage/backend-test-utils';
import { waitFor } from '@landfall/testing-kit';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { type Fence, FencedError } from '../store/fence';
import { LeaderElection } from './LeaderElection';
import { LeaseShare } from './LeaseShare';

const databases = createTestDatabases();
const times = { ttlMs: 1000, renewMs: 50 };
const LEASES = Array.from({ length: 7 }, (_, i) => `argocd:i${i}`);

/** Who leads each lease, over all replicas, and at most how many did at once. */
class Leaders {
  readonly current = new Map<string, Set<string>>();
  atOnce = 0;

  start(lease: string, replica: string) {
    const leaders = this.current.get(lease) ?? new Set();
    this.current.set(lease, leaders.add(replica));
    this.atOnce = Math.max(this.atOnce, leaders.size);
  }

  stop(lease: string, replica: string) {
    this.current.get(lease)?.delete(replica);
  }

  countsOf(...replicas: string[]): number[] {
    return replicas.map(
      replica =>
        [...this.current.values()].filter(leaders => leaders.has(replica))
          .length,
    );
  }
}

async function isDivided(
  leaders: Leaders,
  ...replicas: string[]
): Promise<void> {
  await waitFor(() => {
    const counts = leaders.countsOf(...replicas);
    const held = counts.reduce((sum, count) => sum + count, 0);
    expect(held).toBe(LEASES.length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(2);
  });
}

describe.each(databases.eachSupportedId())('LeaseShare on %s', id => {
  const started: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map(replica => replica.stop()));
  });

  function startReplica(
    database: DeliveryDatabase,
    replica: string,
    leaders: Leaders,
  ) {
    const logger = mockServices.logger.mock();
    const fences = new Map<string, Fence>();
    const share = LeaseShare.start({
      replica,
      leases: LEASES,
      database,
      logger,
      times,
    });
    const elections = LEASES.map(lease =>
      LeaderElection.start({
        name: lease,
        owner: replica,
        database,
        logger,
        times,
        share,
        task: {
          start: fence => {
            fences.set(lease, fence);
            leaders.start(lease, replica);
          },
          stop: async () => leaders.stop(lease, replica),
        },
      }),
    );
    share.divideAmong(elections);
    const stop = async () => {
      await share.stop();
      await Promise.all(elections.map(election => election.stop()));
    };
    started.push({ stop });
    return { fences, stop };
  }

  it('gives replicas that join their share, with one leader at a time', async () => {
    const database = await createDatabase(databases, id);
    const leaders = new Leaders();
    const first = startReplica(database, 'a', leaders);
    await isDivided(leaders, 'a');
    const fences = [...first.fences];

    startReplica(database, 'b', leaders);
    startReplica(database, 'c', leaders);
    await isDivided(leaders, 'a', 'b', 'c');

    expect(leaders.atOnce).toBe(1);
    const writes = await Promise.allSettled(
      fences.map(([, fence]) => database.transaction(async () => {}, fence)),
    );
    expect(writes.map(({ status }) => status === 'fulfilled')).toEqual(
      fences.map(([lease]) => leaders.current.get(lease)?.has('a')),
    );
    const refused = writes.flatMap(write =>
      write.status === 'rejected' ? [write.reason] : [],
    );
    expect(refused).toEqual(refused.map(() => expect.any(FencedError)));
  });

  it('divides the leases of a replica that stops among the others', async () => {
    const database = await createDatabase(databases, id);
    const leaders = new Leaders();
    startReplica(database, 'a', leaders);
    startReplica(database, 'b', leaders);
    const last = startReplica(database, 'c', leaders);
    await isDivided(leaders, 'a', 'b', 'c');

    await last.stop();

    await isDivided(leaders, 'a', 'b');
    expect(leaders.atOnce).toBe(1);
  });

  it('takes over the leases of a replica that dies', async () => {
    const database = await createDatabase(databases, id);
    const leaders = new Leaders();
    // It was killed, so it neither renews nor releases anything.
    await database
      .knex('leases')
      .insert([
        ...LEASES.map(name => ({ name, owner: 'dead/term', expires_at: 1 })),
        { name: 'replica:dead', owner: 'dead', expires_at: 1 },
      ]);
    startReplica(database, 'a', leaders);
    startReplica(database, 'b', leaders);

    await isDivided(leaders, 'a', 'b');
    expect(leaders.atOnce).toBe(1);
  });
});
