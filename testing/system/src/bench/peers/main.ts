import { waitUntil } from '@landfall/testing-kit';
import { parseArgs } from 'node:util';
import { DeliveryStore, PortalProcess } from '../../processes';
import { columns, spread } from '../columns';
import { FleetClient } from '../FleetClient';
import { onDatabases, type Place } from '../onDatabases';
import { writeCatalog } from '../page/catalog';
import { signIn } from '../page/signIn';
import { untilInCatalog } from '../page/untilInCatalog';
import { PAGE_REQUESTS } from '../page/views';
import { printAndKeep } from '../printAndKeep';
import { ArgoCdRelay } from '../ArgoCdRelay';
import { type ContestResult, measureContestant } from './Contestant';
import { installPeers } from './install';
import { PEERS } from './peers';
import { PeerProcess } from './PeerProcess';

/** A service of the fleet in three environments, each deployed five times. */
const SERVICE = 'fleet-00004';
const SELECTOR = `app.kubernetes.io/name=${SERVICE}`;
const FLEET_SIZE = 100;
const USERS = 100;
const INSTANCES = ['main', 'second', 'third'];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      instances: { type: 'string', default: '1,3' },
      rounds: { type: 'string', default: '2' },
      output: { type: 'string' },
    },
  });
  const installed = installPeers(PEERS);
  const results: ContestResult[] = [];
  await onDatabases(['sqlite'], async place => {
    await new FleetClient(place.sandbox.urls.argocd).grow(FLEET_SIZE);
    for (const count of values.instances.split(',').map(Number)) {
      results.push(
        ...(await measureAll({
          place,
          installed,
          names: INSTANCES.slice(0, count),
          rounds: Number(values.rounds),
        })),
      );
    }
  });
  printAndKeep(tableOf(results), { results }, values.output);
}

/** Measures all contestants in turn, and that as often as there are rounds. */
async function measureAll(options: {
  place: Place;
  installed: string;
  names: string[];
  rounds: number;
}): Promise<ContestResult[]> {
  const { place, installed, names, rounds } = options;
  const relays = await Promise.all(
    names.map(() => ArgoCdRelay.start(place.sandbox.urls.argocd)),
  );
  const instances = names.map((name, i) => ({ name, url: relays[i].url }));
  const results: ContestResult[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      results.push(await measureOurs(place, relays, instances, round));
      for (const peer of PEERS) {
        const { folder } = place;
        const running = await PeerProcess.start({
          peer,
          installed,
          folder,
          instances,
        });
        try {
          results.push(
            await measureContestant(
              {
                name: peer.name,
                url: running.url,
                tokens: [running.token],
                cpuMs: () => running.cpuMs(),
                view: client =>
                  peer.view(client, {
                    selector: SELECTOR,
                    namespace: 'fleet',
                    instances: names,
                  }),
              },
              relays,
            ),
          );
        } finally {
          await running.stop();
        }
      }
    }
  } finally {
    await Promise.all(relays.map(relay => relay.stop()));
  }
  return results;
}

async function measureOurs(
  { folder, sandbox, databaseFor }: Place,
  relays: ArgoCdRelay[],
  instances: { name: string; url: string }[],
  round: number,
): Promise<ContestResult> {
  const name = `ours-${instances.length}-${round}`;
  const database = databaseFor(name);
  const portal = await PortalProcess.start({
    name,
    folder,
    database,
    users: true,
    argocd: { instances },
    ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
    catalogFiles: [writeCatalog(folder, [SERVICE])],
  });
  const store = DeliveryStore.open(database);
  try {
    await waitUntil(
      'all applications are stored, and their revisions read',
      async () =>
        (await store.applicationCount()) >= FLEET_SIZE * instances.length &&
        (await store.unreadRevisions()) === 0,
      { timeoutMs: 300_000 },
    );
    const tokens: string[] = [];
    for (let i = 0; i < USERS; i++) {
      tokens.push(await signIn(portal, `viewer-${i}`));
    }
    await untilInCatalog(portal, tokens[0], [SERVICE]);
    const path = `/api/delivery/v1/entities/component/default/${SERVICE}`;
    return await measureContestant(
      {
        name: 'Landfall',
        url: portal.url,
        tokens,
        cpuMs: () => portal.child.cpuMs(),
        view: client =>
          Promise.all(
            PAGE_REQUESTS.map(request => client.get(`${path}/${request}`)),
          ),
      },
      relays,
    );
  } finally {
    await store.close();
    await portal.stop();
  }
}

function tableOf(results: readonly ContestResult[]): string {
  return columns([
    [
      'instances',
      'portal',
      'upstream calls',
      'KB',
      'one view p50 / p95 / p99',
      '100 at once',
      'processor',
      '100 at once after 6 s',
      'one instance hangs',
    ],
    ...results.map(result => [
      String(result.instances),
      result.name,
      String(result.upstreamCalls),
      result.kilobytes.toFixed(0),
      spread(result.one),
      spread(result.together),
      `${result.cpuMs.toFixed(1)} ms`,
      spread(result.returning),
      result.hanging ?? '–',
    ]),
  ]);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
