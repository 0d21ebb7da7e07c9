import { mockServices } from '@backstage/backend-test-utils';
import { waitUntil } from '@landfall/testing-kit';
import { sendJson } from '../../__testUtils__/httpServer';
import type { ScriptedArgoCd } from '../../__testUtils__/ScriptedArgoCd';
import {
  type Recorder,
  WatchedArgoCd,
} from '../../__testUtils__/WatchedArgoCd';
import type { SeededApplicationWatch } from './SeededApplicationWatch';

let watched: WatchedArgoCd;
let argocd: ScriptedArgoCd;
let listener: Recorder;
let watch: SeededApplicationWatch;

beforeEach(async () => {
  watched = await WatchedArgoCd.start(mockServices.logger.mock());
  ({ argocd, listener } = watched);
});

afterEach(async () => {
  await watched.stop();
});

describe('SeededApplicationWatch', () => {
  it('lists, then reports each version once', async () => {
    argocd.set('api', 'r1');
    argocd.set('web', 'r1');
    watch = await watched.live();
    argocd.set('api', 'r2');
    argocd.set('cart', 'r1');
    argocd.send('MODIFIED', argocd.applications.get('api'));
    argocd.remove('web');
    await waitUntil('all is reported', () => listener.data.length >= 4);
    expect(listener.calls).toEqual([
      'state connecting',
      'list 2',
      'state live',
      'changed api r2',
      'changed cart r1',
      'deleted web',
    ]);
    expect(watch.status()).toMatchObject({
      state: 'live',
      lastReceivedAt: expect.any(String),
    });
  });

  it('reports applications that can’t be decoded, and follows the others', async () => {
    argocd.set('api', 'r1');
    argocd.set('odd', 'r1');
    const good = argocd.applications.get('odd');
    if (!good) {
      throw new Error('It was set a moment ago');
    }
    const odd = { ...good, status: { ...good.status, history: 'long' } };
    argocd.applications.set('odd', odd);
    watch = await watched.live({ settleMs: 30, relistMs: 30 });
    expect(watch.status()).toMatchObject({
      state: 'live',
      errorCode: 'partly-unread',
      error: expect.stringMatching(/argocd\/odd .*history/s),
    });
    expect(listener.unread).toEqual(['odd']);
    argocd.set('api', 'r2');
    await waitUntil(
      'the other is followed',
      () => listener.revisions.get('api') === 'r2',
    );
    const { since } = watch.status();

    argocd.applications.set('odd', good);
    await waitUntil('it is read', () => listener.revisions.has('odd'));
    await waitUntil(
      'the error is gone',
      () => watch.status().error === undefined,
    );
    expect(watch.status()).toMatchObject({ state: 'live', since });
  });

  it('lists at intervals, and finds changes that no event reported', async () => {
    argocd.set('api', 'r1');
    argocd.set('web', 'r1');
    watch = await watched.live({ settleMs: 30, relistMs: 30 });
    argocd.set('api', 'r2', { event: false });
    argocd.remove('web', { event: false });
    await waitUntil(
      'it is found',
      () =>
        listener.revisions.get('api') === 'r2' &&
        !listener.revisions.has('web'),
    );
    expect(argocd.streamsOpened).toBe(1);
  });

  it('lists on request', async () => {
    argocd.set('api', 'r1');
    watch = await watched.live();
    argocd.set('api', 'r2', { event: false });

    watch.relist();

    await waitUntil(
      'it is found',
      () => listener.revisions.get('api') === 'r2',
    );
    expect(argocd.lists).toBe(2);
  });

  it('does not go back to the older state of a slow list', async () => {
    argocd.set('api', 'r1');
    argocd.set('web', 'r1');
    let release = () => {};
    argocd.fault = async ({ pathname }, response) => {
      // The first list makes the watch live.
      if (pathname !== '/api/v1/applications' || argocd.lists < 2) {
        return false;
      }
      const items = [...argocd.applications.values()];
      await new Promise<void>(resolve => {
        release = resolve;
      });
      return sendJson(response, 200, { items });
    };
    watch = await watched.live({ settleMs: 20 });
    await waitUntil('the list is on its way', () => argocd.lists === 2);
    await waitUntil('the stream is open', () => argocd.streams.size === 1);
    argocd.set('api', 'r2');
    argocd.set('api', 'r3');
    argocd.remove('web');
    argocd.set('cart', 'r1');
    await waitUntil(
      'the events are reported',
      () => listener.data.length === 5,
    );
    release();
    await waitUntil('the list is reported', () => listener.data.length === 6);
    expect(listener.data.at(-1)).toBe('list 2');
    expect([...listener.revisions].sort()).toEqual([
      ['api', 'r3'],
      ['cart', 'r1'],
    ]);
  });

  it('notifies a slow listener of one change at a time, and loses none', async () => {
    argocd.set('api', 'r0');
    let release = () => {};
    listener.during = async call => {
      if (call === 'changed api r1') {
        await new Promise<void>(resolve => {
          release = resolve;
        });
      }
    };
    watch = await watched.live({ maxPending: 5 });
    for (let i = 1; i <= 50; i++) {
      argocd.set('api', `r${i}`);
    }
    await waitUntil('the first is reported', () => listener.data.length === 2);
    release();
    await waitUntil('all are reported', () => listener.data.length === 51);
    expect(listener.data.slice(1)).toEqual(
      Array.from({ length: 50 }, (_, i) => `changed api r${i + 1}`),
    );
    expect(watch.status().state).toBe('live');
  });

  it('reports applications that exist but can’t be decoded', async () => {
    argocd.set('api', 'r1');
    argocd.set('odd', 'r1');
    const odd = argocd.applications.get('odd');
    argocd.fault = ({ pathname }, response) =>
      pathname === '/api/v1/applications' &&
      sendJson(response, 200, {
        items: [
          argocd.applications.get('api'),
          { ...odd, status: { summary: { images: 3 } } },
        ],
      });
    watch = await watched.live();
    expect(listener.data[0]).toBe('list 1');
    expect(listener.unread).toEqual(['odd']);
  });

  it('rereads one application after a refresh request, once for several requests', async () => {
    argocd.set('api', 'r1');
    argocd.set('web', 'r1');
    watch = await watched.live();
    argocd.set('api', 'r2', { event: false });
    argocd.remove('web', { event: false });
    const api = { instance: 'main', namespace: 'argocd', name: 'api' };
    for (let i = 0; i < 5; i++) {
      watch.requestRefresh(api);
    }
    watch.requestRefresh({ ...api, name: 'web' });
    watch.requestRefresh({ ...api, name: 'unknown' });
    await waitUntil('both are reported', () => listener.data.length === 3);
    expect(listener.data.slice(1).sort()).toEqual([
      'changed api r2',
      'deleted web',
    ]);
    expect(argocd.count('/api/v1/applications/api')).toBe(1);
    expect(
      argocd.server.received
        .find(({ pathname }) => pathname.endsWith('/api'))
        ?.query.get('project'),
    ).toBe('shop');
  });

  it('reports nothing after it is stopped', async () => {
    argocd.set('api', 'r1');
    watch = await watched.live();
    let release = () => {};
    listener.during = async () => {
      await new Promise<void>(resolve => {
        release = resolve;
      });
    };
    argocd.set('api', 'r2');
    argocd.set('api', 'r3');
    await waitUntil('the first is reported', () => listener.data.length === 2);
    const stopped = watch.stop();
    release();
    await stopped;
    const reported = listener.calls.length;
    argocd.set('api', 'r4');
    await waitUntil('the stream is closed', () => argocd.streams.size === 0);
    expect(listener.calls).toHaveLength(reported);
    expect(listener.data.at(-1)).toBe('changed api r2');
  });
});
