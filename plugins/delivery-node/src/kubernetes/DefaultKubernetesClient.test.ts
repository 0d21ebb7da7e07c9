import { imageUpdater, KubernetesServer, waitFor } from '@landfall/testing-kit';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CA, CERTIFICATE, KEY } from '../__testUtils__/certificate';
import {
  DefaultKubernetesClient,
  type KubernetesLimits,
} from './DefaultKubernetesClient';
import type { KubernetesConnection, KubernetesWatchEvent } from './types';

const COLLECTION = {
  group: 'argocd-image-updater.argoproj.io',
  version: 'v1alpha1',
  plural: 'imageupdaters',
};

describe('DefaultKubernetesClient', () => {
  let server: KubernetesServer;
  const clients: DefaultKubernetesClient[] = [];

  beforeEach(async () => {
    server = await KubernetesServer.start({ token: 'secret' });
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.close()));
    await server.stop();
  });

  function create(
    limits: Partial<KubernetesLimits> = {},
    connection: Partial<KubernetesConnection> = {},
  ) {
    const client = DefaultKubernetesClient.create(
      {
        name: "the cluster 'hub'",
        url: () => server.url,
        token: async () => 'secret',
        ...connection,
      },
      limits,
    );
    clients.push(client);
    return client;
  }

  const namesIn = (objects: unknown[]) =>
    objects.map(object => JSON.parse(JSON.stringify(object)).metadata.name);

  describe('list', () => {
    it('reads all parts of one version', async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        server.putUpdater(imageUpdater(name));
      }
      const { items, resourceVersion } = await create({ pageSize: 2 }).list(
        COLLECTION,
      );

      expect(namesIn(items)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(resourceVersion).toBe('105');
      expect(server.requests).toHaveLength(3);
    });

    it('reads one namespace', async () => {
      server.putUpdater(imageUpdater('a'));
      server.putUpdater(imageUpdater('b', { namespace: 'team' }));
      const { items } = await create().list({
        ...COLLECTION,
        namespace: 'team',
      });
      expect(namesIn(items)).toEqual(['b']);
    });

    it('starts again, in one part, if the rest of the list is gone', async () => {
      for (const name of ['a', 'b', 'c']) {
        server.putUpdater(imageUpdater(name));
      }
      const client = create(
        { pageSize: 1 },
        {
          token: async () => {
            // The second part is asked for.
            if (server.requests.length === 1) {
              server.compact();
            }
            return 'secret';
          },
        },
      );

      const { items } = await client.list(COLLECTION);

      expect(namesIn(items)).toEqual(['a', 'b', 'c']);
      expect(server.requests.at(-1)).not.toMatch(/limit|continue/);
    });

    it.each<[string, number, string]>([
      ['a missing right', 403, 'forbidden'],
      ['a missing kind', 404, 'not-found'],
      ['an overloaded server', 429, 'unreachable'],
      ['an internal error', 500, 'unreachable'],
      ['another status', 418, 'unexpected'],
    ])('tells %s apart', async (_, status, code) => {
      server.refuse('imageupdaters', status);
      await expect(create().list(COLLECTION)).rejects.toMatchObject({
        name: 'KubernetesError',
        code,
        message: expect.stringContaining("the cluster 'hub'"),
      });
    });

    it('recognizes a wrong token', async () => {
      const client = create({}, { token: async () => 'other' });
      await expect(client.list(COLLECTION)).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    });

    it('sends nothing without the token', async () => {
      const client = create(
        {},
        {
          token: async () => {
            throw new Error('the file is missing');
          },
        },
      );
      await expect(client.list(COLLECTION)).rejects.toMatchObject({
        code: 'not-configured',
        message: expect.stringContaining('the file is missing'),
      });
      expect(server.requests).toEqual([]);
    });

    it('ends after its time', async () => {
      server.answer(false);
      await expect(
        create({ listMs: 50 }).list(COLLECTION),
      ).rejects.toMatchObject({ code: 'unreachable' });
    });

    it('reports a server that is down', async () => {
      await server.stop();
      await expect(create().list(COLLECTION)).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining('ECONNREFUSED'),
      });
    });

    it.each<[string, Partial<KubernetesLimits>]>([
      ['objects', { maxObjects: 2 }],
      ['bytes', { maxPageBytes: 100 }],
    ])('limits the number of %s', async (_, limits) => {
      for (const name of ['a', 'b', 'c']) {
        server.putUpdater(imageUpdater(name));
      }
      await expect(create(limits).list(COLLECTION)).rejects.toMatchObject({
        code: 'unexpected',
        message: expect.stringMatching(/more than/),
      });
    });

    it('ends with its signal', async () => {
      server.answer(false);
      const controller = new AbortController();
      const list = create().list(COLLECTION, { signal: controller.signal });
      await waitFor(() => expect(server.requests).toHaveLength(1));
      controller.abort(new Error('enough'));
      await expect(list).rejects.toThrow('enough');
    });
  });

  describe('watch', () => {
    /** Watches in the background. */
    function watch(
      resourceVersion: string,
      limits: Partial<KubernetesLimits> = {},
    ) {
      const events: KubernetesWatchEvent[] = [];
      const run = async () => {
        for await (const event of create(limits).watch(COLLECTION, {
          resourceVersion,
        })) {
          events.push(event);
        }
      };
      return {
        events,
        ended: run().then(
          () => 'ended',
          error => error,
        ),
      };
    }
    const open = () =>
      waitFor(() => expect(server.watching('imageupdaters')).toBe(1));

    it('yields changes since a version, then further ones, and bookmarks', async () => {
      server.putUpdater(imageUpdater('a'));
      server.putUpdater(imageUpdater('b'));
      const { events, ended } = watch('101');
      await open();
      server.putUpdater(imageUpdater('a'));
      server.delete('imageupdaters', 'argocd', 'b');
      server.bookmark();
      server.endWatches();

      expect(await ended).toBe('ended');
      expect(
        events.map(({ type, resourceVersion }) => [type, resourceVersion]),
      ).toEqual([
        ['changed', '102'],
        ['changed', '103'],
        ['deleted', '104'],
        ['bookmark', '105'],
      ]);
    });

    it('asks for bookmarks and an end', async () => {
      watch('100', { watchMs: 90_000 });
      await open();
      expect(server.requests[0]).toMatch(
        /allowWatchBookmarks=true&timeoutSeconds=90$/,
      );
    });

    it('reports a version that is too old', async () => {
      server.compact();
      const { ended } = watch('100');
      expect(await ended).toMatchObject({ code: 'gone' });
    });

    it('reports a cut connection', async () => {
      const { ended } = watch('100');
      await open();
      server.cutWatches();
      expect(await ended).toMatchObject({ code: 'unreachable' });
    });

    it.each([
      ['is no JSON', '<html>'],
      ['has an unknown type', '{"type":"PAUSED","object":{}}'],
      ['has no version', '{"type":"ADDED","object":{"metadata":{}}}'],
      ['is too long', `"${'x'.repeat(5000)}"`],
    ])('refuses an event that %s', async (_, line) => {
      const { ended } = watch('100', { maxEventBytes: 1000 });
      await open();
      server.sendLine(line);
      expect(await ended).toMatchObject({ code: 'unexpected' });
    });

    it('ends a watch that the server keeps open after its time', async () => {
      const { ended } = watch('100', { watchMs: 10, watchGraceMs: 40 });
      expect(await ended).toMatchObject({ code: 'unreachable' });
    });

    it('ends one that the server does not accept', async () => {
      server.answer(false);
      const { ended } = watch('100', { watchGraceMs: 40 });
      expect(await ended).toMatchObject({ code: 'unreachable' });
    });
  });

  it('trusts certificate authorities that Kubernetes has replaced', async () => {
    const tls = createServer({ key: KEY, cert: CERTIFICATE }, (_, response) =>
      response.end('{"metadata":{"resourceVersion":"1"},"items":null}'),
    );
    await new Promise<void>(resolve => {
      tls.listen(0, '127.0.0.1', resolve);
    });
    const { port } = tls.address() as AddressInfo;
    const connection = { url: () => `https://127.0.0.1:${port}` };
    let ca = '';
    const client = create({}, { ...connection, ca: async () => ca });
    const insecure = create({}, { ...connection, skipTlsVerify: true });
    try {
      await expect(client.list(COLLECTION)).rejects.toMatchObject({
        code: 'unreachable',
      });
      ca = CA;
      expect(await client.list(COLLECTION)).toMatchObject({ items: [] });
      expect(await insecure.list(COLLECTION)).toMatchObject({ items: [] });
    } finally {
      tls.closeAllConnections();
      await new Promise(resolve => tls.close(resolve));
    }
  });
});
