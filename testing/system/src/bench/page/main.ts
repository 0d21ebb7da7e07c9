import { waitUntil } from '@landfall/testing-kit';
import { parseArgs } from 'node:util';
import {
  DeliveryStore,
  type PortalDatabase,
  PortalProcess,
} from '../../processes';
import { columns, spread } from '../columns';
import { FleetClient } from '../FleetClient';
import { onDatabases, type Place } from '../onDatabases';
import { printAndKeep } from '../printAndKeep';
import { writeCatalog } from './catalog';
import { addImages, addPromotions } from './longHistory';
import { PageLoad, type PageResult } from './PageLoad';
import { signIn } from './signIn';
import { untilInCatalog } from './untilInCatalog';

const USERS = 100;
const READ_TIMEOUT_MS = 1_200_000;

/** A service of the fleet, in three environments, each deployed five times. */
const SHORT = { name: 'fleet-00004', history: 'short' };
/** The same, with a long history besides. */
const LONG = { name: 'fleet-00009', history: 'long' };
const LONG_REPOSITORY = 'registry.fleet.test/team-1/fleet-00009';
const LONG_APPLICATION = 'fleet-00009-dev';

/** How long the long history is. */
interface History {
  images: number;
  promotions: number;
}

interface Row extends PageResult {
  database: PortalDatabase['kind'];
  applications: number;
  history: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100,1000,10000' },
      databases: { type: 'string', default: 'sqlite,postgres' },
      images: { type: 'string', default: '36000' },
      promotions: { type: 'string', default: '20000' },
      cold: { type: 'boolean', default: false },
      output: { type: 'string' },
    },
  });
  const history = {
    images: Number(values.images),
    promotions: Number(values.promotions),
  };
  const { cold } = values;
  const results: Row[] = [];
  await onDatabases(values.databases.split(','), async place => {
    for (const size of values.sizes.split(',').map(Number)) {
      const rows = await measureSize(place, { size, history, cold });
      console.log(`${tableOf(rows)}\n`);
      results.push(...rows);
    }
  });
  printAndKeep(
    tableOf(results),
    { users: USERS, history, cold, results },
    values.output,
  );
}

async function measureSize(
  { folder, sandbox, databaseFor }: Place,
  options: {
    size: number;
    history: History;
    /** Nothing is kept in memory: each view asks the catalog and reads all rows. */
    cold: boolean;
  },
): Promise<Row[]> {
  const { size, history, cold } = options;
  await new FleetClient(sandbox.urls.argocd).grow(size);
  const database = databaseFor(`page-${size}`);
  const portal = await PortalProcess.create({
    name: `page-${size}`,
    folder,
    database,
    users: true,
    argocd: { url: sandbox.urls.argocd },
    ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
    catalogFiles: [writeCatalog(folder, [SHORT.name, LONG.name])],
    ...(cold && {
      delivery: { cache: { authorization: { seconds: 0 }, maxMegabytes: 0 } },
    }),
  });
  await portal.start();
  try {
    await addLongHistory(portal, { database, size, history });
    const load = await PageLoad.signIn(portal, USERS);
    const rows: Row[] = [];
    for (const page of [SHORT, LONG]) {
      rows.push({
        database: database.kind,
        applications: size,
        history: page.history,
        ...(await load.measure(page.name)),
      });
    }
    return rows;
  } finally {
    await portal.stop();
  }
}

/**
 * Restarts the portal, so that it holds nothing of before in memory, and waits until
 * it has nothing to do but to answer.
 */
async function addLongHistory(
  portal: PortalProcess,
  options: { database: PortalDatabase; size: number; history: History },
): Promise<void> {
  const { database, size, history } = options;
  const store = DeliveryStore.open(database);
  try {
    // A portal that is stopped earlier takes minutes to read the file again.
    await untilInCatalog(portal, await signIn(portal, 'viewer'), [
      SHORT.name,
      LONG.name,
    ]);
    await waitUntil(
      `all ${size} applications are stored`,
      async () => (await store.applicationCount()) >= size,
      { timeoutMs: READ_TIMEOUT_MS },
    );
    await portal.stop();
    await addImages(store.knex, LONG_REPOSITORY, history.images);
    await addPromotions(store.knex, LONG_APPLICATION, history.promotions);
    const before = await instanceOf(store);
    await portal.start();
    await waitUntil(
      'the portal has read the list again, and no revision is left to be read',
      async () => {
        const now = await instanceOf(store);
        return (
          now?.state === 'live' &&
          now.since !== before?.since &&
          (await store.unreadRevisions()) === 0
        );
      },
      { timeoutMs: READ_TIMEOUT_MS, intervalMs: 500 },
    );
  } finally {
    await store.close();
  }
}

async function instanceOf({
  knex,
}: DeliveryStore): Promise<{ state: string; since: string } | undefined> {
  return knex('instances').first('state', 'since');
}

function tableOf(rows: readonly Row[]): string {
  return columns([
    [
      'database',
      'applications',
      'history',
      'requests',
      'KB',
      'one view p50 / p95 / p99',
      'seen before',
      '100 at once',
      'processor',
    ],
    ...rows.map(row => [
      row.database,
      String(row.applications),
      row.history,
      String(row.requests),
      row.kilobytes.toFixed(0),
      spread(row.one),
      spread(row.again),
      spread(row.together),
      `${row.cpuMs.toFixed(1)} ms`,
    ]),
  ]);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
