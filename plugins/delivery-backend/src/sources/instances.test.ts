import { createServer, type Server } from 'node:net';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { serve } from '../__testUtils__/http';
import { readApplicationList } from '../__testUtils__/recordings';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { startReplica } from '../__testUtils__/replicas';
import { waitFor } from '@landfall/testing-kit';
import {
  readInstances,
  type StoredInstance,
} from '../store/operations/instances';

const databases = createTestDatabases();
const TOKEN = 'token-of-the-test';
const STARTED_AT = '2026-11-23T04:00:00.000Z';

/**
 * Starts of Argo CD instances that don't work: each resolves with its URL and how
 * to stop it.
 */
const TROUBLES: Record<
  string,
  () => Promise<{ url: string; stop: () => Promise<unknown> }>
> = {
  'nobody listens': async () => {
    const gone = await serve(() => {});
    await gone.close();
    return { url: gone.url, stop: async () => {} };
  },
  'it never answers': async () => {
    const server: Server = createServer(() => {});
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const address = server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The server listens on no port');
    }
    return {
      url: `http://127.0.0.1:${address.port}`,
      stop: async () => server.close(),
    };
  },
  'it refuses the token': async () => {
    const argocd = await ReplayedArgoCd.start({ token: 'another-token' });
    return { url: argocd.url, stop: () => argocd.stop() };
  },
  'something else answers': async () => {
    const server = await serve(app => {
      app.use((_, res) => {
        res.type('html').send('<h1>Welcome to nginx</h1>');
      });
    });
    return { url: server.url, stop: () => server.close() };
  },
  'none of its applications can be read': async () => {
    const argocd = await ReplayedArgoCd.start({ token: TOKEN });
    argocd.put({
      metadata: {
        name: 'odd',
        namespace: 'argocd',
        uid: 'u',
        resourceVersion: '1',
      },
      spec: { sources: 'none' },
    });
    return { url: argocd.url, stop: () => argocd.stop() };
  },
};

const EXPECTED: Record<string, Partial<StoredInstance>> = {
  'nobody listens': {
    state: 'unreachable',
    errorCode: 'connection-refused',
    error: expect.stringContaining('ECONNREFUSED'),
    lastReceivedAt: undefined,
  },
  // Until the request times out.
  'it never answers': { state: 'connecting', lastReceivedAt: undefined },
  'it refuses the token': {
    state: 'unreachable',
    errorCode: 'unauthorized',
    error: expect.stringContaining('no session information'),
  },
  'something else answers': {
    state: 'unreachable',
    errorCode: 'invalid-answer',
    error: expect.stringContaining("isn't JSON"),
  },
  'none of its applications can be read': {
    state: 'live',
    errorCode: 'partly-unread',
    error: expect.stringMatching(/argocd\/odd .*sources/s),
  },
};

describe.each(databases.eachSupportedId())('instances on %s', id => {
  const stops: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop();
    }
  });

  it.each(Object.keys(TROUBLES))(
    'don’t affect each other: %s',
    async trouble => {
      const database = await createDatabase(databases, id);
      const well = await ReplayedArgoCd.start({ token: TOKEN });
      stops.push(() => well.stop());
      const { items } = readApplicationList();
      items.forEach(application => well.put(application));
      const ill = await TROUBLES[trouble]();
      stops.push(ill.stop);
      const before = new Date().toISOString();
      const { stop } = await startReplica({
        database,
        instances: [
          { name: 'ill', url: ill.url, token: TOKEN },
          { name: 'well', url: well.url, token: TOKEN },
        ],
      });
      stops.push(stop);

      await waitFor(async () => {
        const [first, second] = await readInstances(
          database.knex,
          ['ill', 'well'],
          STARTED_AT,
        );
        expect(second).toEqual({
          name: 'well',
          state: 'live',
          since: expect.any(String),
          lastReceivedAt: expect.any(String),
          applications: items.length,
          error: undefined,
        });
        expect(first).toMatchObject({
          name: 'ill',
          applications: 0,
          since: expect.any(String),
          ...EXPECTED[trouble],
        });
        for (const { since } of [first, second]) {
          expect(since >= before).toBe(true);
        }
      });

      // It still receives changes.
      const changed = {
        ...items[0],
        metadata: { ...items[0].metadata, resourceVersion: '99999999' },
      };
      await waitFor(() => expect(well.streaming).toBe(1));
      well.emit('MODIFIED', changed);
      await waitFor(async () =>
        expect(
          await database
            .knex('applications')
            .where({ instance: 'well', name: items[0].metadata.name })
            .pluck('resource_version'),
        ).toContain('99999999'),
      );
    },
  );

  it('report since when they are unreachable, and keep their state', async () => {
    const database = await createDatabase(databases, id);
    const { items } = readApplicationList();
    const [main, edge] = await Promise.all(
      ['main', 'edge'].map(() => ReplayedArgoCd.start({ token: TOKEN })),
    );
    stops.push(() => edge.stop());
    items.forEach(application => {
      main.put(application);
      edge.put(application);
    });
    const { stop } = await startReplica({
      database,
      instances: [
        { name: 'main', url: main.url, token: TOKEN },
        { name: 'edge', url: edge.url, token: TOKEN },
      ],
    });
    stops.push(stop);
    const read = () =>
      readInstances(database.knex, ['main', 'edge'], STARTED_AT);
    const states = async () => (await read()).map(({ state }) => state);
    await waitFor(async () => expect(await states()).toEqual(['live', 'live']));
    const [, untouched] = await read();

    await main.stop();

    await waitFor(async () =>
      expect(await states()).toEqual(['unreachable', 'live']),
    );
    const [gone, there] = await read();
    expect(gone).toMatchObject({
      applications: items.length,
      error: expect.stringContaining('ECONNREFUSED'),
    });
    expect(gone.lastReceivedAt && gone.lastReceivedAt <= gone.since).toBe(true);
    expect(there).toMatchObject({
      since: untouched.since,
      applications: items.length,
      error: undefined,
    });
  });
});
