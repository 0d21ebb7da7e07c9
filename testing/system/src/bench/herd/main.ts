import { waitUntil } from '@landfall/testing-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DeliveryStore, PortalProcess } from '../../processes';
import { ArgoCdRelay } from '../ArgoCdRelay';
import { columns, spread } from '../columns';
import { FleetClient } from '../FleetClient';
import { onDatabases, type Place } from '../onDatabases';
import { writeCatalog } from '../page/catalog';
import { signIn } from '../page/signIn';
import { untilInCatalog } from '../page/untilInCatalog';
import { printAndKeep } from '../printAndKeep';
import { type Spread, spreadOf } from '../statistics';
import { OpenPage } from './OpenPage';

const FLEET_SIZE = 1000;
/** Services whose pages are open; each has three applications. */
const SERVICES = 100;
/** Long enough for all pages to read again after the broadest signal. */
const WINDOW_MS = 15_000;
const FLAP_MS = 5000;

interface Result {
  database: string;
  event: string;
  /** Messages that each page received, on average. */
  messages: number;
  requests: number;
  /** Requests in the first second after the first one. */
  firstSecond: number;
  /** Requests in the busiest second. */
  busiestSecond: number;
  times?: Spread;
  failures: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clients: { type: 'string', default: '500' },
      databases: { type: 'string', default: 'sqlite,postgres' },
      output: { type: 'string' },
    },
  });
  const clients = Number(values.clients);
  const results: Result[] = [];
  await onDatabases(values.databases.split(','), async place => {
    results.push(...(await measure(place, clients)));
  });
  printAndKeep(tableOf(results), { clients, results }, values.output);
}

async function measure(
  { folder, sandbox, databaseFor }: Place,
  clients: number,
): Promise<Result[]> {
  const fleet = new FleetClient(sandbox.urls.argocd);
  await fleet.grow(FLEET_SIZE);
  const services = Array.from(
    { length: SERVICES },
    (_, i) => `fleet-${String(i + 1).padStart(5, '0')}`,
  );
  const relay = await ArgoCdRelay.start(sandbox.urls.argocd);
  const database = databaseFor('herd');
  const portal = await PortalProcess.start({
    name: 'herd',
    folder,
    database,
    users: true,
    argocd: { url: relay.url },
    ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
    catalogFiles: [writeCatalog(folder, services)],
  });
  const store = DeliveryStore.open(database);
  const pages: OpenPage[] = [];
  try {
    await waitUntil(
      'all applications are stored, and their revisions read',
      async () =>
        (await store.applicationCount()) >= FLEET_SIZE &&
        (await store.unreadRevisions()) === 0,
      { timeoutMs: 600_000 },
    );
    for (let i = 0; i < clients; i++) {
      const token = await signIn(portal, `viewer-${i}`);
      if (i === 0) {
        await untilInCatalog(portal, token, services);
      }
      pages.push(
        await OpenPage.open({
          portal,
          token,
          component: services[i % services.length],
        }),
      );
    }
    const events: [string, () => Promise<void>][] = [
      [
        'an application changes',
        () => fleet.stir({ rate: 4, seconds: 0.001 }, () => {}),
      ],
      ['applications appear', () => fleet.grow(FLEET_SIZE + 1)],
      [
        'an instance flaps',
        async () => {
          relay.cut();
          await sleep(FLAP_MS);
          relay.restore();
        },
      ],
    ];
    const results: Result[] = [];
    for (const [event, happen] of events) {
      pages.forEach(page => page.reset());
      await happen();
      await sleep(WINDOW_MS);
      results.push({ database: database.kind, event, ...summaryOf(pages) });
    }
    return results;
  } finally {
    pages.forEach(page => page.close());
    await store.close();
    await portal.stop();
    await relay.stop();
  }
}

function summaryOf(
  pages: readonly OpenPage[],
): Omit<Result, 'database' | 'event'> {
  const requests = pages
    .flatMap(page => page.requests)
    .sort((a, b) => a.at - b.at);
  const seconds = new Map<number, number>();
  for (const { at } of requests) {
    const second = Math.floor((at - requests[0].at) / 1000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  const sum = (of: (page: OpenPage) => number) =>
    pages.reduce((total, page) => total + of(page), 0);
  return {
    messages: sum(page => page.messages) / pages.length,
    requests: requests.length,
    firstSecond: seconds.get(0) ?? 0,
    busiestSecond: Math.max(0, ...seconds.values()),
    ...(requests.length > 0 && {
      times: spreadOf(requests.map(({ ms }) => ms)),
    }),
    failures: sum(page => page.failures),
  };
}

function tableOf(results: readonly Result[]): string {
  return columns([
    [
      'database',
      'event',
      'messages a page',
      'requests',
      'in the first second',
      'in the busiest',
      'request p50 / p95 / p99',
      'failed',
    ],
    ...results.map(result => [
      result.database,
      result.event,
      result.messages.toFixed(1),
      String(result.requests),
      String(result.firstSecond),
      String(result.busiestSecond),
      result.times ? spread(result.times) : '–',
      String(result.failures),
    ]),
  ]);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
