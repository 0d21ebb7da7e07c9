import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CA, CERTIFICATE, KEY } from '../../__testUtils__/certificate';
import { sendJson } from '../../__testUtils__/httpServer';
import { servedForEachTest } from '../../__testUtils__/ServedClient';
import { DefaultArgoCdClient } from './DefaultArgoCdClient';

const serve = servedForEachTest();

describe('streams', () => {
  it('reads long lines, and characters that are split between chunks', async () => {
    const name = 'x'.repeat(300_000);
    const event = JSON.stringify({
      result: {
        type: 'ADDED',
        application: {
          metadata: {
            name: 'api',
            namespace: 'argocd',
            uid: 'u',
            labels: { owner: 'Zoë €', name },
          },
          spec: { project: 'shop' },
        },
      },
    });
    const bytes = Buffer.from(`data: ${event} \n\n:\n`);
    const { client: argocd } = await serve(async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const euro = bytes.indexOf(Buffer.from('€'));
      for (const [from, to] of [
        [0, euro + 1],
        [euro + 1, euro + 2],
        [euro + 2, 200_000],
        [200_000, bytes.length],
      ]) {
        response.write(bytes.subarray(from, to));
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      }
      response.end();
    });
    const events = [];
    for await (const one of argocd.streamApplications({
      signal: new AbortController().signal,
    })) {
      events.push(one);
    }
    expect(events).toEqual([
      {
        type: 'changed',
        application: expect.objectContaining({
          labels: { owner: 'Zoë €', name },
        }),
      },
      { type: 'heartbeat' },
    ]);
  });
});

describe('TLS', () => {
  it('trusts an instance’s certificate authorities for that instance only', async () => {
    const tls = createTlsServer(
      { key: KEY, cert: CERTIFICATE },
      (_, response) => sendJson(response, 200, { Version: 'v3.5.1' }),
    );
    await new Promise<void>(resolve => {
      tls.listen(0, '127.0.0.1', resolve);
    });
    const { port } = tls.address() as AddressInfo;
    const config = {
      name: 'main',
      url: `https://127.0.0.1:${port}`,
      frontendUrl: `https://127.0.0.1:${port}`,
      credentials: { token: 't' },
    };
    const trusting = DefaultArgoCdClient.create({ ...config, ca: CA });
    const other = DefaultArgoCdClient.create(config, {
      timeouts: { retryPauseMs: 1 },
    });
    try {
      expect(await trusting.version()).toBe('v3.5.1');
      await expect(other.version()).rejects.toMatchObject({
        name: 'ArgoCdUnreachableError',
        message: expect.stringContaining('certificate'),
      });
    } finally {
      await trusting.close();
      await other.close();
      tls.closeAllConnections();
      await new Promise(resolve => tls.close(resolve));
    }
  });
});
