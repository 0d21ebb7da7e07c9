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

describe('SeededApplicationWatch of a faulty Argo CD', () => {
  it('is live without applications as long as Argo CD answers', async () => {
    watch = await watched.live();
    expect(listener.data).toEqual(['list 0']);
    argocd.set('api', 'r1');
    await waitUntil('it is reported', () => listener.data.length === 2);
    argocd.cut();
    argocd.applications.clear();
    argocd.fault = ({ pathname }, response) =>
      pathname === '/api/version' && sendJson(response, 500, { code: 2 });
    await waitUntil(
      'it is seen that Argo CD is sick',
      () => watch.status().state === 'unreachable',
    );
  });

  it('reconnects and lists after a broken connection, and finds what it missed', async () => {
    argocd.set('api', 'r1');
    argocd.set('web', 'r1');
    watch = await watched.live();
    argocd.set('api', 'r2', { event: false });
    argocd.remove('web', { event: false });
    argocd.cut();
    await waitUntil('it is known', () => listener.data.length >= 2);
    expect(listener.data).toEqual(['list 2', 'list 1']);
    expect([...listener.revisions]).toEqual([['api', 'r2']]);
    await waitUntil('it is live again', () => listener.live);
    expect(listener.states.map(({ state }) => state)).toEqual([
      'connecting',
      'live',
      'connecting',
      'live',
    ]);
    expect(listener.states[2].error).toMatch(/can't be reached|ended/);
  });

  it('reconnects when the stream falls silent', async () => {
    argocd.set('api', 'r1');
    watch = await watched.live();
    argocd.heartbeats = false;
    await waitUntil('it connects again', () => argocd.streamsOpened === 2);
    expect(listener.states.find(({ error }) => error)?.error).toMatch(
      /silent for 1 s/,
    );
    argocd.heartbeats = true;
    await waitUntil('it is live again', () => listener.live);
  });

  it('reconnects when the stream doesn’t replay listed applications', async () => {
    argocd.set('api', 'r1');
    argocd.replay = false;
    watch = watched.watch();
    await waitUntil('it connects again', () => argocd.streamsOpened >= 2);
    argocd.replay = true;
    await waitUntil('it gets what there is', () => listener.live);
    expect(watch.status().error).toBeUndefined();
  });

  it('keeps its state while Argo CD is unreachable, and reports why', async () => {
    argocd.set('api', 'r1');
    watch = await watched.live();
    argocd.fault = (_, response) =>
      response.writeHead(503).end('no healthy upstream');
    argocd.cut();
    await waitUntil(
      'it is unreachable',
      () => watch.status().state === 'unreachable',
    );
    expect(watch.status().error).toMatch(/503.*no healthy upstream/);
    expect(watch.status().errorCode).toBe('unreachable');
    expect([...listener.revisions]).toEqual([['api', 'r1']]);
    argocd.set('api', 'r2');
    argocd.fault = undefined;
    await waitUntil('it is back', () => listener.live);
    expect(watch.status().error).toBeUndefined();
    expect([...listener.revisions]).toEqual([['api', 'r2']]);
  });

  it('ends the stream after an error in it, and after a refused token', async () => {
    argocd.set('api', 'r1');
    watch = await watched.live();
    argocd.write(
      'data: {"error":{"grpc_code":14,"http_code":503,"message":"watch closed","http_status":"Service Unavailable"}} \n\n',
    );
    await waitUntil('it connects again', () => argocd.streamsOpened === 2);
    expect(listener.states.map(({ error }) => error).join()).toContain(
      'watch closed',
    );
    await waitUntil('it is live again', () => listener.live);
    argocd.fault = (_, response) =>
      sendJson(response, 401, { code: 16, message: 'token is expired' });
    argocd.cut();
    await waitUntil('it says so', () =>
      Boolean(watch.status().error?.includes('token is expired')),
    );
    expect(watch.status().state).toBe('unreachable');
  });

  it('reconnects when a list at an interval fails', async () => {
    argocd.set('api', 'r1');
    watch = await watched.live({ settleMs: 30 });
    argocd.fault = ({ pathname }, response) =>
      pathname === '/api/v1/applications' &&
      sendJson(response, 500, { code: 2, message: 'out of order' });
    await waitUntil('it says so', () =>
      Boolean(watch.status().error?.includes('out of order')),
    );
    argocd.fault = undefined;
    await waitUntil('it is back', () => listener.live);
    expect(watch.status().error).toBeUndefined();
  });

  it('lists again when the listener fails to store a change', async () => {
    argocd.set('api', 'r1');
    watch = await watched.live();
    let failures = 2;
    listener.during = async call => {
      if (!call.startsWith('state') && failures > 0) {
        failures -= 1;
        throw new Error('the database is away');
      }
    };
    argocd.set('api', 'r2');
    await waitUntil(
      'it is stored',
      () => listener.revisions.get('api') === 'r2',
    );
    await waitUntil('it is live again', () => listener.live);
    expect(listener.data).toEqual([
      'list 1',
      'changed api r2',
      'list 1',
      'list 1',
    ]);
    expect(listener.states.map(({ state }) => state)).not.toContain(
      'unreachable',
    );
    expect(listener.states.find(({ error }) => error)?.error).toContain(
      'the database is away',
    );
  });

  it('requests no other list while the listener handles one', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    listener.during = call =>
      call.startsWith('list') ? held : Promise.resolve();
    argocd.set('api', 'r1');
    watch = watched.watch({ relistMs: 1, settleMs: 1, maxPending: 2 });
    try {
      await waitUntil(
        'the list is being taken',
        () => listener.data.length === 1,
      );
      // More than `maxPending`, so the stream isn't read for longer than
      // `settleMs`.
      await waitUntil('the stream is open', () => argocd.streams.size === 1);
      ['r2', 'r3', 'r4', 'r5', 'r6'].forEach(revision =>
        argocd.set('api', revision),
      );
      const reads = () => argocd.count('/api/v1/applications/api');
      for (let count = 1; count <= 10; count++) {
        watch.requestRefresh({
          instance: 'main',
          namespace: 'argocd',
          name: 'api',
        });
        await waitUntil('it is read', () => reads() === count);
      }
      expect(argocd.lists).toBe(1);
    } finally {
      release();
    }
    await waitUntil('it is listed again', () => argocd.lists >= 3);
    await waitUntil(
      'the listener has the latest version',
      () => listener.revisions.get('api') === 'r6',
    );
  });

  it('waits longer after each failure, up to the maximum', async () => {
    const at: number[] = [];
    argocd.fault = (_, response) => {
      at.push(performance.now());
      return sendJson(response, 403, { code: 7, message: 'permission denied' });
    };
    watch = watched.watch({
      firstBackoffMs: 20,
      maxBackoffMs: 80,
      random: () => 1,
    });
    await waitUntil('six attempts', () => at.length >= 6);
    const pauses = at.slice(1).map((time, i) => time - at[i]);
    [20, 40, 80, 80, 80].forEach((most, i) => {
      expect(pauses[i]).toBeGreaterThan(most * 0.9);
    });
  });
});
