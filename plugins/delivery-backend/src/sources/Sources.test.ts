import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { readPromotion } from '../__testUtils__/recordings';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { waitFor } from '@landfall/testing-kit';
import { startReplica } from '../__testUtils__/replicas';

const databases = createTestDatabases();
const TOKEN = 'token-of-the-test';

describe.each(databases.eachSupportedId())('two replicas on %s', id => {
  let argocd: ReplayedArgoCd;
  let stops: (() => Promise<void>)[];

  beforeEach(async () => {
    stops = [];
    argocd = await ReplayedArgoCd.start({ token: TOKEN });
  });

  afterEach(async () => {
    for (const stop of stops) {
      await stop();
    }
    await argocd.stop();
  });

  async function startHere(database: DeliveryDatabase) {
    const replica = await startReplica({
      database,
      instances: [{ name: 'main', url: argocd.url, token: TOKEN }],
    });
    stops.push(replica.stop);
    return replica;
  }

  it('watch Argo CD once, and the other takes over when one stops', async () => {
    const events = readPromotion('helmvalues').flatMap(step =>
      step.kind === 'app-event' ? [step.application] : [],
    );
    argocd.put(events[0]);
    const database = await createDatabase(databases, id);
    const stored = async (version: string) =>
      expect(
        await database.knex('applications').pluck('resource_version'),
      ).toEqual([version]);
    const first = await startHere(database);
    await waitFor(() => stored(events[0].metadata.resourceVersion));
    await waitFor(() => expect(argocd.streaming).toBe(1));
    const lists = () =>
      argocd.requests.filter(path => path === '/api/v1/applications').length;
    const listsOfOne = lists();

    const second = await startHere(database);
    argocd.emit('MODIFIED', events[1]);
    await waitFor(() => stored(events[1].metadata.resourceVersion));
    expect(argocd.streaming).toBe(1);
    expect(lists()).toBe(listsOfOne);

    // A change that the stream doesn't report, requested on the replica that
    // doesn't watch.
    argocd.put(events[2]);
    const { namespace, name } = events[2].metadata;
    await second.sources.requestRefresh({ instance: 'main', namespace, name });
    await waitFor(() => stored(events[2].metadata.resourceVersion));
    expect(argocd.requests).toContain(`/api/v1/applications/${name}`);

    await first.stop();
    await waitFor(() => expect(argocd.streaming).toBe(1));
    argocd.emit('MODIFIED', events[3]);
    await waitFor(() => stored(events[3].metadata.resourceVersion));
    await waitFor(async () =>
      expect(await database.knex('instances').select()).toMatchObject([
        { name: 'main', state: 'live' },
      ]),
    );
  });
});
