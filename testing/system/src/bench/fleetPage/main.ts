import { waitUntil } from '@landfall/testing-kit';
import { parseArgs } from 'node:util';
import {
  DeliveryStore,
  type PortalDatabase,
  PortalProcess,
} from '../../processes';
import { columns, spread } from '../columns';
import { membersOf } from '../fleet/member';
import { FleetClient } from '../FleetClient';
import { onDatabases, type Place } from '../onDatabases';
import { writeCatalog } from '../page/catalog';
import { PageLoad, type PageResult } from '../page/PageLoad';
import { printAndKeep } from '../printAndKeep';

const USERS = 100;
const ENVIRONMENTS = ['dev', 'staging', 'prod'];
/** The catalog reads a file with thousands of components for minutes. */
const READ_TIMEOUT_MS = 1_800_000;

/** What the page asks for. */
const REQUESTS: Record<string, string> = {
  'first page': 'fleet?sort=name&limit=50',
  'most urgent': 'fleet?sort=urgency&limit=50',
  search: 'fleet?sort=name&limit=50&search=fleet-0012',
  environment: 'fleet?sort=deployed&limit=50&environment=prod',
  'state filter': 'fleet?sort=name&limit=50&state=updating',
  '200 services': 'fleet?sort=name&limit=200',
};

/** Events a second while something changes, and for how long at most. */
const STIRRING = { rate: 20, seconds: 600 };

interface Row extends PageResult {
  database: PortalDatabase['kind'];
  request: string;
  events: number;
}

interface Size {
  services: number;
  applications: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      services: { type: 'string', default: '3000' },
      applications: { type: 'string', default: '10000' },
      databases: { type: 'string', default: 'sqlite,postgres' },
      output: { type: 'string' },
    },
  });
  const size = {
    services: Number(values.services),
    applications: Number(values.applications),
  };
  const results: Row[] = [];
  await onDatabases(values.databases.split(','), async place => {
    const rows = await measure(place, size);
    console.log(`${tableOf(rows)}\n`);
    results.push(...rows);
  });
  printAndKeep(
    tableOf(results),
    { users: USERS, ...size, results },
    values.output,
  );
}

async function measure(
  { folder, sandbox, databaseFor }: Place,
  size: Size,
): Promise<Row[]> {
  const fleet = new FleetClient(sandbox.urls.argocd);
  await fleet.grow(size.applications);
  const database = databaseFor('fleet');
  const names = membersOf(size.applications, ENVIRONMENTS).map(
    ({ service }) => service,
  );
  const services = [...new Set(names)].slice(0, size.services);
  const portal = await PortalProcess.create({
    name: 'fleet',
    folder,
    database,
    users: true,
    argocd: { url: sandbox.urls.argocd },
    ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
    catalogFiles: [writeCatalog(folder, services)],
  });
  await portal.start();
  try {
    await untilIndexed(database, { ...size, services: services.length });
    const load = await PageLoad.signIn(portal, USERS);
    const rows: Row[] = [];
    for (const events of [0, STIRRING.rate]) {
      // Portals see no difference between a stream that is cut and one that ends.
      const stirring =
        events > 0 ? fleet.stir(STIRRING, () => {}) : Promise.resolve();
      for (const [request, path] of Object.entries(REQUESTS)) {
        rows.push({
          database: database.kind,
          request,
          events,
          ...(await load.measureRequests([path])),
        });
      }
      await fleet.grow(size.applications);
      await stirring;
    }
    return rows;
  } finally {
    await portal.stop();
  }
}

/** Waits until each service of the catalog has its applications. */
async function untilIndexed(
  database: PortalDatabase,
  { services, applications }: Size,
): Promise<void> {
  const store = DeliveryStore.open(database);
  const count = async (table: string) => {
    const [row] = await store.knex(table).count({ count: '*' });
    return Number(row.count);
  };
  try {
    await waitUntil(
      `${services} services and ${applications} applications are indexed`,
      async () =>
        (await count('services')) >= services &&
        (await count('application_summaries')) >= applications &&
        (await store.knex('services').whereNotNull('index_token').first()) ===
          undefined,
      { timeoutMs: READ_TIMEOUT_MS, intervalMs: 2000 },
    );
  } finally {
    await store.close();
  }
}

function tableOf(rows: readonly Row[]): string {
  return columns([
    [
      'database',
      'request',
      'events/s',
      'KB',
      'one p50 / p95 / p99',
      'seen before',
      '100 at once',
      'processor',
    ],
    ...rows.map(row => [
      row.database,
      row.request,
      String(row.events),
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
