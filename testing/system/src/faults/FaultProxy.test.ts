import { createServer, type Server, type ServerResponse } from 'node:http';
import { waitUntil } from '@landfall/testing-kit';
import { FaultProxy } from './FaultProxy';
import { Random } from './Random';
import { sseEvent, SseReader } from './sse';

const STREAM = '/api/v1/stream/applications';

function event(name: string, version: number): string {
  return JSON.stringify({
    result: {
      type: 'MODIFIED',
      application: { metadata: { namespace: 'argocd', name, version } },
    },
  });
}

/** An Argo CD that sends the given events. */
class Upstream {
  static async start(): Promise<Upstream> {
    const upstream = new Upstream();
    await new Promise<void>(resolve =>
      upstream.server.listen(0, '127.0.0.1', resolve),
    );
    return upstream;
  }

  readonly streams: ServerResponse[] = [];
  private readonly server: Server = createServer((req, res) => {
    if (req.url?.startsWith(STREAM)) {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.flushHeaders();
      this.streams.push(res);
    } else {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ path: req.url }));
    }
  });

  get url(): string {
    const address = this.server.address();
    return typeof address === 'object' && address
      ? `http://127.0.0.1:${address.port}`
      : '';
  }

  send(data: string): void {
    this.streams.forEach(stream => stream.write(sseEvent(data)));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

/** Records what a portal receives from a stream. */
class Watcher {
  readonly events: string[] = [];
  heartbeats = 0;
  bytes = '';
  ended?: 'ended' | 'broken';

  static async open(url: string): Promise<Watcher> {
    const response = await fetch(`${url}${STREAM}`, {
      headers: { accept: 'text/event-stream', authorization: 'Bearer one' },
    });
    const watcher = new Watcher();
    watcher.read(response).then(
      () => {
        watcher.ended = 'ended';
      },
      () => {
        watcher.ended = 'broken';
      },
    );
    return watcher;
  }

  async until(what: string, condition: () => boolean): Promise<void> {
    await waitUntil(what, condition, { timeoutMs: 20_000, intervalMs: 10 });
  }

  private async read(response: Response): Promise<void> {
    const reader = new SseReader();
    for await (const chunk of response.body ?? []) {
      this.bytes += Buffer.from(chunk).toString();
      for (const piece of reader.read(chunk)) {
        if ('data' in piece) {
          this.events.push(piece.data.trim());
        } else {
          this.heartbeats += 1;
        }
      }
    }
  }
}

describe('FaultProxy', () => {
  let upstream: Upstream;
  let proxy: FaultProxy;

  beforeEach(async () => {
    upstream = await Upstream.start();
    proxy = await FaultProxy.start({
      target: upstream.url,
      random: new Random(1),
    });
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.stop();
  });

  const ask = (token = 'one') =>
    fetch(`${proxy.url}/api/v1/applications?x=1`, {
      headers: { authorization: `Bearer ${token}` },
    });

  const watch = async () => {
    const before = upstream.streams.length;
    const watcher = await Watcher.open(proxy.url);
    await watcher.until(
      'the stream is open',
      () => upstream.streams.length > before,
    );
    return watcher;
  };

  it('forwards everything without a fault, and adds heartbeats', async () => {
    const response = await ask();
    expect(await response.json()).toEqual({ path: '/api/v1/applications?x=1' });
    const watcher = await watch();
    const sent = [event('a', 1), event('b', 1), event('a', 2)];
    sent.forEach(data => upstream.send(data));
    await watcher.until('all came', () => watcher.events.length === 3);
    expect(watcher.events).toEqual(sent);
    await watcher.until('it lives', () => watcher.heartbeats > 0);
  });

  it('breaks a stream in the middle of an event', async () => {
    const watcher = await watch();
    upstream.send(event('a', 1));
    await watcher.until('the event came', () => watcher.events.length === 1);
    proxy.cutStreams();
    await watcher.until('it is over', () => watcher.ended !== undefined);
    expect(watcher.ended).toBe('broken');
    expect(watcher.events).toEqual([event('a', 1)]);
    expect(watcher.bytes).toMatch(/data: \{"result"[^\n]*$/);
  });

  it('keeps a silent stream open while new streams work', async () => {
    const silent = await watch();
    proxy.silenceStreams();
    const other = await watch();
    upstream.send(event('a', 1));
    const { heartbeats } = silent;
    await other.until(
      'the other one hears',
      () => other.events.length === 1 && other.heartbeats > 1,
    );
    expect(silent).toMatchObject({ events: [], heartbeats });
    expect(silent.ended).toBeUndefined();
  });

  it('duplicates and reorders events, but keeps the order within an application', async () => {
    const watcher = await watch();
    proxy.set({ stream: 'disorder' });
    const sent = Array.from({ length: 40 }, (_, index) =>
      event(['a', 'b', 'c', 'd'][index % 4], Math.floor(index / 4)),
    );
    sent.forEach(data => upstream.send(data));
    await watcher.until('all came', () =>
      sent.every(data => watcher.events.includes(data)),
    );
    expect(watcher.events.length).toBeGreaterThan(sent.length);
    const firsts = [...new Set(watcher.events)];
    expect(firsts).not.toEqual(sent);
    for (const name of ['a', 'b', 'c', 'd']) {
      const isOfIt = (data: string) => data.includes(`"name":"${name}"`);
      expect(firsts.filter(isOfIt)).toEqual(sent.filter(isOfIt));
    }
  });

  it('delays events, and keeps their order, also when the delay ends', async () => {
    const watcher = await watch();
    proxy.set({ streamDelayMs: [20, 40] });
    const sent = Array.from({ length: 20 }, (_, index) =>
      event('ab'[index % 2], index),
    );
    sent.forEach(data => upstream.send(data));
    await watcher.until('the first came', () => watcher.events.length > 0);
    proxy.set({});
    const later = [event('a', 20), event('b', 21), event('c', 22)];
    later.forEach(data => upstream.send(data));
    await watcher.until('all came', () => watcher.events.length === 23);
    expect(watcher.events).toEqual([...sent, ...later]);
  });

  it('drops some events', async () => {
    const watcher = await watch();
    proxy.set({ stream: 'drop' });
    const sent = Array.from({ length: 40 }, (_, index) => event('a', index));
    sent.forEach(data => upstream.send(data));
    // A later event that arrives shows that the earlier ones were processed.
    await waitUntil(
      'a later one came',
      () => {
        upstream.send(event('later', 1));
        return watcher.events.includes(event('later', 1));
      },
      { timeoutMs: 20_000, intervalMs: 20 },
    );
    const came = sent.filter(data => watcher.events.includes(data));
    expect(came.length).toBeGreaterThan(0);
    expect(came.length).toBeLessThan(sent.length);
  });

  it('starts a replay with outdated events', async () => {
    proxy.set({ laggingReplay: true });
    const first = await watch();
    upstream.send(event('a', 1));
    upstream.send(event('a', 2));
    await first.until('both came', () => first.events.length === 2);
    const second = await watch();
    upstream.streams.at(-1)?.write(sseEvent(event('a', 2)));
    await second.until('all came', () => second.events.length === 3);
    expect(second.events).toEqual([
      event('a', 1),
      event('a', 2),
      event('a', 2),
    ]);
  });

  it('refuses known tokens, in open streams too', async () => {
    const watcher = await watch();
    await (await ask('one')).text();
    proxy.expireTokens();
    await watcher.until('it is over', () => watcher.ended === 'ended');
    expect(JSON.parse(watcher.events[0])).toMatchObject({
      error: { grpc_code: 16, http_code: 401 },
    });
    const refused = await ask('one');
    expect([refused.status, await refused.json()]).toEqual([
      401,
      expect.objectContaining({ code: 16 }),
    ]);
    const renewed = await ask('two');
    expect(renewed.status).toBe(200);
    proxy.acceptTokens();
    expect((await ask('one')).status).toBe(200);
  });

  it('responds with errors, or not at all', async () => {
    proxy.set({ fail: { share: 1, as: [503] } });
    expect((await ask()).status).toBe(503);
    proxy.set({ fail: { share: 1, as: [500] } });
    expect(await (await ask()).json()).toMatchObject({ code: 13 });
    proxy.set({ fail: { share: 1, as: ['reset'] } });
    await expect(ask()).rejects.toThrow();
  });
});
