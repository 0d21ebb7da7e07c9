import { mockServices } from '@backstage/backend-test-utils';
import { imageUpdater, KubernetesServer, waitFor } from '@landfall/testing-kit';
import { DefaultKubernetesClient } from './DefaultKubernetesClient';
import { ImageUpdaterWatch } from './ImageUpdaterWatch';

const REPOSITORY = 'registry.example.com/shop/api';
const TIMES = { firstPauseMs: 1, maxPauseMs: 5, quietMs: 60_000 };

const checked = (minute: number) => ({
  status: { lastCheckedAt: `2026-11-23T04:${minute}:00Z` },
});

const event = (name: string) => ({
  metadata: {
    namespace: 'argocd',
    name,
    annotations: {
      'argocd-image-updater.image-0/full-image-name': REPOSITORY,
      'argocd-image-updater.image-0/new-tag': '1.1.0',
    },
  },
  involvedObject: { kind: 'Application', namespace: 'argocd', name: 'api' },
  reason: 'ImagesUpdated',
  lastTimestamp: '2026-11-23T04:05:42Z',
});

describe('ImageUpdaterWatch', () => {
  let server: KubernetesServer;
  let client: DefaultKubernetesClient;
  let watch: ImageUpdaterWatch | undefined;
  let onChanged: jest.Mock;
  let logger: ReturnType<typeof mockServices.logger.mock>;

  beforeEach(async () => {
    server = await KubernetesServer.start();
    client = DefaultKubernetesClient.create(
      { name: "the cluster 'hub'", url: () => server.url },
      { watchGraceMs: 60_000 },
    );
    onChanged = jest.fn();
    logger = mockServices.logger.mock();
  });

  afterEach(async () => {
    await watch?.stop();
    await client.close();
    await server.stop();
  });

  function start(namespaces?: string[]): ImageUpdaterWatch {
    watch = ImageUpdaterWatch.start({
      client,
      namespaces,
      onChanged,
      logger,
      times: TIMES,
    });
    return watch;
  }

  const names = () =>
    watch
      ?.read()
      ?.map(({ name }) => name)
      .sort();
  const shows = (...expected: string[]) =>
    waitFor(() => expect(names()).toEqual(expected));
  const isOpen = () =>
    waitFor(() => expect(server.watching('imageupdaters')).toBe(1));

  it('has nothing before the first list', async () => {
    server.answer(false);
    expect(start().read()).toBeUndefined();
  });

  it('follows new, changed and deleted resources', async () => {
    server.putUpdater(imageUpdater('a'));
    start();
    await shows('a');
    await isOpen();

    server.putUpdater(imageUpdater('b'));
    await shows('a', 'b');
    server.putUpdater(imageUpdater('b', { namePattern: 'web-*' }));
    await waitFor(() =>
      expect(watch?.read()?.[1].spec.applicationRefs).toMatchObject([
        { namePattern: 'web-*' },
      ]),
    );
    server.delete('imageupdaters', 'argocd', 'a');
    await shows('b');
    expect(server.asked('imageupdaters')).toEqual({ lists: 1, watches: 1 });
  });

  it('reads several namespaces, and no others', async () => {
    for (const namespace of ['argocd', 'team', 'other']) {
      server.putUpdater(imageUpdater(`in-${namespace}`, { namespace }));
    }
    start(['argocd', 'team']);
    await waitFor(() => expect(names()).toEqual(['in-argocd', 'in-team']));
  });

  it('reports a change of settings, but no regular check', async () => {
    server.putUpdater(imageUpdater('a', checked(10)));
    start();
    await shows('a');
    await isOpen();
    onChanged.mockClear();

    server.putUpdater(imageUpdater('a', checked(12)));
    await waitFor(() =>
      expect(watch?.read()?.[0].lastCheckedAt).toMatch(/T04:12/),
    );
    expect(onChanged).not.toHaveBeenCalled();

    server.putUpdater(
      imageUpdater('a', { ...checked(12), namePattern: 'other' }),
    );
    await waitFor(() => expect(onChanged).toHaveBeenCalledTimes(1));
  });

  it('continues where it was after the end of a watch, without another list', async () => {
    server.putUpdater(imageUpdater('a'));
    start();
    await shows('a');
    await isOpen();
    server.bookmark();
    server.endWatches();
    server.putUpdater(imageUpdater('b'));

    await shows('a', 'b');
    expect(server.asked('imageupdaters').lists).toBe(1);
  });

  it('continues where it was after a cut connection', async () => {
    start();
    await isOpen();
    server.cutWatches();
    server.putUpdater(imageUpdater('b'));
    await shows('b');
    expect(server.asked('imageupdaters').lists).toBe(1);
  });

  it('lists again if its version is gone, and forgets what was deleted meanwhile', async () => {
    server.putUpdater(imageUpdater('a'));
    server.putUpdater(imageUpdater('b'));
    start();
    await shows('a', 'b');
    await isOpen();
    const { url } = server;
    await server.stop();
    server.delete('imageupdaters', 'argocd', 'a');
    server.compact();
    await server.listen();
    expect(server.url).toBe(url);

    await shows('b');
    expect(server.asked('imageupdaters').lists).toBe(2);
  });

  it('keeps what it has during a short failure, and reports a longer one', async () => {
    server.putUpdater(imageUpdater('a'));
    start();
    await shows('a');
    await isOpen();
    await server.stop();

    await waitFor(() =>
      expect(() => watch?.read()).toThrow(/can't be reached/),
    );
    await server.listen();
    await shows('a');
  });

  it.each([
    ['a missing kind', 404, 'not-found'],
    ['a missing right', 403, 'forbidden'],
  ])('reports %s, and recovers', async (_, status, code) => {
    server.refuse('imageupdaters', status);
    start();
    await waitFor(() =>
      expect(() => watch?.read()).toThrow(expect.objectContaining({ code })),
    );
    expect(onChanged).toHaveBeenCalled();

    server.refuse('imageupdaters', undefined);
    server.putUpdater(imageUpdater('a'));
    await shows('a');
  });

  it('leaves out an object of an unknown shape', async () => {
    server.putUpdater(imageUpdater('a'));
    server.putUpdater({ metadata: { namespace: 'argocd', name: 'b' } });
    start();
    await shows('a');
    await isOpen();
    server.putUpdater({ metadata: { namespace: 'argocd', name: 'a' } });
    await waitFor(() => expect(names()).toEqual([]));
  });

  it('adds the updates that events report', async () => {
    server.putUpdater(imageUpdater('api'));
    server.putEvent(event('api.1'));
    server.putEvent({ ...event('api.2'), reason: 'Other' });
    start();

    await waitFor(() =>
      expect(watch?.read()?.[0].updates).toEqual([
        {
          application: 'api',
          repository: REPOSITORY,
          version: '1.1.0',
          at: '2026-11-23T04:05:42.000Z',
        },
      ]),
    );
  });

  it('works without the right to read events, and logs it once', async () => {
    server.putUpdater(imageUpdater('api'));
    server.refuse('events', 403);
    start();
    await shows('api');
    await waitFor(() => {
      names();
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining(
          "The events of Image Updater in the cluster 'hub' can't be read",
        ),
      );
    });
    names();
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
