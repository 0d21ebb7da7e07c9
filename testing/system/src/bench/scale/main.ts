import { waitUntil } from '@landfall/testing-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DeliveryStore, PortalProcess } from '../../processes';
import { ArgoCdRelay } from '../ArgoCdRelay';
import { columns, spread } from '../columns';
import { CommitClock } from '../CommitClock';
import { FleetClient } from '../FleetClient';
import { onDatabases, type Place } from '../onDatabases';
import { printAndKeep } from '../printAndKeep';
import { type Spread, spreadOf } from '../statistics';

const SETTLE_MS = 1_800_000;
const EVENTS_SETTLE_MS = 300_000;

/** What to measure. */
interface Plan {
  instances: number;
  /** Applications of each instance. */
  size: number;
  replicas: number;
  /** Events a second of each instance. */
  rate: number;
  /** How long the events are sent for each measurement. */
  seconds: number;
  /** How often they are measured, with as much rest between. */
  rounds: number;
}

interface Result {
  settleMs: number;
  /** How many instances each replica watches, by its name. */
  shares: Record<string, number>;
  /** After the first measurement of events, the second and so on. */
  rounds: { events: Spread; megabytes: number[] }[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      instances: { type: 'string', default: '20' },
      size: { type: 'string', default: '5000' },
      replicas: { type: 'string', default: '3' },
      rate: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '30' },
      rounds: { type: 'string', default: '3' },
      output: { type: 'string' },
    },
  });
  const plan: Plan = {
    instances: Number(values.instances),
    size: Number(values.size),
    replicas: Number(values.replicas),
    rate: Number(values.rate),
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
  };
  await onDatabases(['postgres'], async place => {
    const result = await measure(place, plan);
    printAndKeep(tableOf(plan, result), { plan, result }, values.output);
  });
}

async function measure(
  { folder, sandbox, databaseFor }: Place,
  plan: Plan,
): Promise<Result> {
  const fleet = new FleetClient(sandbox.urls.argocd);
  await fleet.grow(plan.size);
  const relays = await Promise.all(
    Array.from({ length: plan.instances }, () =>
      ArgoCdRelay.start(sandbox.urls.argocd),
    ),
  );
  const instances = relays.map(({ url }, i) => ({ name: `argocd-${i}`, url }));
  const database = databaseFor('scale');
  const portals: PortalProcess[] = [];
  const begin = Date.now();
  try {
    // The first one creates the databases.
    for (let i = 0; i < plan.replicas; i++) {
      portals.push(
        await PortalProcess.start({
          name: `replica-${i}`,
          folder,
          database,
          argocd: { instances },
          ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
        }),
      );
    }
    const store = DeliveryStore.open(database);
    try {
      const expected = plan.size * plan.instances;
      await waitUntil(
        `all ${expected} applications are stored`,
        async () => (await store.applicationCount()) >= expected,
        { timeoutMs: SETTLE_MS, intervalMs: 500 },
      );
      const settleMs = Date.now() - begin;
      console.log(`${expected} applications after ${settleMs / 1000} s`);
      await waitUntil(
        'no revision is left to be read',
        async () => (await store.unreadRevisions()) === 0,
        { timeoutMs: SETTLE_MS, intervalMs: 2000 },
      );
      const rounds: Result['rounds'] = [];
      for (let round = 0; round < plan.rounds; round++) {
        const events = await measureEvents(store, fleet, instances, plan);
        const megabytes = portals.map(portal => portal.rss() / 1e6);
        rounds.push({ events, megabytes });
        console.log(`event to row ${spread(events)}`);
        await sleep(plan.seconds * 1000);
      }
      return { settleMs, shares: await sharesOf(store), rounds };
    } finally {
      await store.close();
    }
  } finally {
    await Promise.all(portals.map(portal => portal.stop()));
    await Promise.all(relays.map(relay => relay.stop()));
  }
}

async function measureEvents(
  store: DeliveryStore,
  fleet: FleetClient,
  instances: { name: string }[],
  { rate, seconds }: Plan,
): Promise<Spread> {
  const clock = new CommitClock(
    store.knex,
    instances.map(({ name }) => name),
  );
  try {
    await fleet.stir({ rate, seconds }, event => clock.sent(event));
    await clock.settle(EVENTS_SETTLE_MS);
    return spreadOf(clock.delays);
  } finally {
    await clock.stop();
  }
}

async function sharesOf(store: DeliveryStore): Promise<Record<string, number>> {
  const owners: string[] = await store
    .knex('leases')
    .where('name', 'like', 'argocd:%')
    .pluck('owner');
  const shares: Record<string, number> = {};
  for (const owner of owners) {
    // The last part is the term's.
    const replica = owner.slice(0, owner.lastIndexOf('/'));
    shares[replica] = (shares[replica] ?? 0) + 1;
  }
  return shares;
}

function tableOf(plan: Plan, result: Result): string {
  const { instances, size, replicas, rate } = plan;
  const heading = `${instances} instances with ${size} applications each on ${replicas} replicas: settled in ${(
    result.settleMs / 1000
  ).toFixed(0)} s; instances of each replica: ${Object.values(
    result.shares,
  ).join(', ')}`;
  return [
    heading,
    '',
    columns([
      [
        'events a second',
        'events',
        'event to row p50 / p95 / p99',
        'memory of each replica',
      ],
      ...result.rounds.map(({ events, megabytes }) => [
        String(rate * instances),
        String(events.count),
        spread(events),
        megabytes.map(megabyte => `${megabyte.toFixed(0)} MB`).join(', '),
      ]),
    ]),
  ].join('\n');
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
