import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import {
  type Handler,
  sendJson,
  TestServer,
} from '../../__testUtils__/httpServer';
import { DefaultArgoCdClient } from './DefaultArgoCdClient';
import type { ArgoCdTimeouts } from './timeouts';

const IDLE_MS = 400;
const PARTS = 12;
const PART_EVERY_MS = 50;

function applicationText(index: number): string {
  return JSON.stringify({
    metadata: { name: `app-${index}`, namespace: 'argocd', uid: `u${index}` },
    spec: { project: 'shop' },
  });
}

/** Sends the given number of applications one by one, then calls `then`. */
function sendSlowly(
  response: ServerResponse,
  count: number,
  then: () => void,
): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"items":[');
  let sent = 0;
  const timer = setInterval(() => {
    response.write(`${sent === 0 ? '' : ','}${applicationText(sent)}`);
    sent += 1;
    if (sent === count) {
      clearInterval(timer);
      then();
    }
  }, PART_EVERY_MS);
}

describe('lists of applications', () => {
  let server: TestServer;
  let client: DefaultArgoCdClient;
  let answer: Handler;

  beforeEach(async () => {
    server = await TestServer.start((...args) => answer(...args));
  });

  afterEach(async () => {
    await client.close();
    await server.stop();
  });

  function create(
    timeouts: Partial<ArgoCdTimeouts>,
    credentials: { token: string } | { username: string; password: string } = {
      token: 't',
    },
  ) {
    client = DefaultArgoCdClient.create(
      { name: 'main', url: server.url, frontendUrl: server.url, credentials },
      { timeouts: { retryPauseMs: 1, ...timeouts } },
    );
    return client;
  }

  it('may take longer than a request and the idle timeout while data arrives', async () => {
    answer = (_, response) =>
      sendSlowly(response, PARTS, () => response.end(']}'));
    const { applications } = await create({
      listIdleMs: IDLE_MS,
      requestMs: IDLE_MS,
    }).listApplications();
    expect(PARTS * PART_EVERY_MS).toBeGreaterThan(IDLE_MS);
    expect(applications).toHaveLength(PARTS);
    expect(server.received).toHaveLength(1);
  });

  it('fail with the idle timeout when they stall', async () => {
    answer = (_, response) => sendSlowly(response, 2, () => {});
    await expect(
      create({ listIdleMs: 150 }).listApplications(),
    ).rejects.toMatchObject({
      name: 'ArgoCdTimeoutError',
      message:
        "The answer of Argo CD 'main' to GET /api/v1/applications sent nothing for 0.15 s",
    });
  });

  it('fail with the call’s idle timeout when they do not begin', async () => {
    answer = () => {};
    await expect(
      create({}).listApplications({ idleTimeoutMs: 20 }),
    ).rejects.toThrow('sent nothing for 0.02 s');
  });

  it('fail with the call’s total timeout when they never end', async () => {
    answer = (_, response) => {
      response.writeHead(200).write('{"items":[');
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    };
    await expect(
      create({}).listApplications({ timeoutMs: 100 }),
    ).rejects.toMatchObject({
      name: 'ArgoCdTimeoutError',
      message: expect.stringContaining('did not complete within 0.1 s'),
    });
  });

  it('leave no listener on a longer-lived signal', async () => {
    answer = ({ query }, response) =>
      query.has('selector')
        ? response.writeHead(503).end('no healthy upstream')
        : sendJson(response, 200, { items: null });
    const argocd = create({});
    const { signal } = new AbortController();
    for (let index = 0; index < 10; index++) {
      await argocd.listApplications({ signal });
    }
    await expect(
      argocd.listApplications({ signal, selector: 'x' }),
    ).rejects.toThrow('no healthy upstream');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('cause no request and no login when the signal has already aborted', async () => {
    answer = (_, response) => sendJson(response, 401, { code: 16 });
    const argocd = create({}, { username: 'portal', password: 'wrong' });
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(argocd.listApplications({ signal })).rejects.toThrow(
      'stopped',
    );
    await expect(
      argocd.streamApplications({ signal })[Symbol.asyncIterator]().next(),
    ).resolves.toMatchObject({ done: true });
    expect(server.received).toEqual([]);
  });
});
