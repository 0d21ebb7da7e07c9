import { waitUntil } from '@landfall/testing-kit';
import { parseArgs } from 'node:util';
import {
  DeliveryStore,
  type PortalDatabase,
  PortalProcess,
} from '../../processes';
import { membersOf } from '../fleet/member';
import { FleetClient } from '../FleetClient';
import { onDatabases, type Place } from '../onDatabases';
import { writeCatalog } from '../page/catalog';
import { PageLoad } from '../page/PageLoad';
import { printAndKeep } from '../printAndKeep';
import { measureInChromium } from './chromium';
import { addDeployedHistory } from './deployedHistory';
import { type Measured, tablesOf } from './tables';

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

/** Periods of delivery performance, in days, and their parts. */
const PERIODS = [
  { days: 28, interval: 'day' },
  { days: 91, interval: 'week' },
  { days: 365, interval: 'week' },
] as const;

/** Each ends on another day: an answer that was made once would be kept. */
const ENDS = 20;

/** Of each application, beside the few that the fleet comes with. */
const HISTORY = { deployments: 20, days: 365 };

/** Events a second while something changes, and for how long at most. */
const STIRRING = { rate: 20, seconds: 600 };

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
  const results: Measured[] = [];
  await onDatabases(values.databases.split(','), async place => {
    const measured = await measure(place, size);
    console.log(`${tablesOf([measured])}\n`);
    results.push(measured);
  });
  printAndKeep(
    tablesOf(results),
    { users: USERS, ...size, history: HISTORY, results },
    values.output,
  );
}

async function measure(
  { folder, sandbox, databaseFor }: Place,
  size: Size,
): Promise<Measured> {
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
    pages: true,
    argocd: { url: sandbox.urls.argocd },
    ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
    catalogFiles: [writeCatalog(folder, services)],
  });
  await portal.start();
  try {
    await untilIndexed(database, { ...size, services: services.length });
    const load = await PageLoad.signIn(portal, USERS);
    const measured: Measured = { requests: [], pages: [], performance: [] };
    for (const events of [0, STIRRING.rate]) {
      // Portals see no difference between a stream that is cut and one that ends.
      const stirring =
        events > 0 ? fleet.stir(STIRRING, () => {}) : Promise.resolve();
      const seen = { database: database.kind, events };
      for (const [request, path] of Object.entries(REQUESTS)) {
        measured.requests.push({
          ...seen,
          request,
          ...(await load.measureRequests([path])),
        });
      }
      measured.pages.push({
        ...seen,
        ...(await measureInChromium(portal, folder)),
      });
      await fleet.grow(size.applications);
      await stirring;
    }
    await addHistory(database);
    for (const { days, interval } of PERIODS) {
      measured.performance.push({
        database: database.kind,
        days,
        computed: await load.measureEach(
          Array.from(
            { length: ENDS },
            (_, end) =>
              `performance?from=${dayAgo(end + days - 1)}&to=${dayAgo(
                end,
              )}&interval=${interval}`,
          ),
        ),
      });
    }
    return measured;
  } finally {
    await portal.stop();
  }
}

async function addHistory(database: PortalDatabase): Promise<void> {
  const store = DeliveryStore.open(database);
  try {
    await addDeployedHistory(store.knex, HISTORY);
  } finally {
    await store.close();
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

function dayAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
