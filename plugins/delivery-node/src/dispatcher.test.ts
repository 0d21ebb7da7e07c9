import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fetch } from 'undici';
import { CA, CERTIFICATE, KEY } from './__testUtils__/certificate';
import { createDispatcher } from './dispatcher';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map(close => close()));
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(async () => {
    await new Promise(resolve => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Answers `hello`, with the certificate for 127.0.0.1 by the test's own
 * authority.
 */
async function startTlsServer(): Promise<number> {
  const server = createTlsServer(
    { key: KEY, cert: CERTIFICATE },
    (_, response) => response.end('hello'),
  );
  closers.push(async () => server.closeAllConnections());
  return listen(server);
}

/**
 * A proxy that connects every tunnel to one port and records the requested
 * targets.
 */
async function startProxy(targetPort: number) {
  const asked: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket, head) => {
    asked.push(request.url ?? '');
    const target = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    socket.on('error', () => target.destroy());
    target.on('error', () => socket.destroy());
  });
  closers.push(async () => server.closeAllConnections());
  return { url: `http://127.0.0.1:${await listen(server)}`, asked };
}

function dispatcherFor(
  options: Omit<Parameters<typeof createDispatcher>[0], 'connectMs'>,
) {
  const dispatcher = createDispatcher({ ...options, connectMs: 5000 });
  closers.push(() => dispatcher.destroy());
  return dispatcher;
}

describe('proxies', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'are used as %s says, with the instance’s certificate authorities',
    async variable => {
      const port = await startTlsServer();
      const proxy = await startProxy(port);
      // An address that is neither loopback nor routable: only the proxy can
      // connect.
      const url = `https://192.0.2.1:${port}`;
      const dispatcher = dispatcherFor({
        url,
        ca: CA,
        env: { [variable]: proxy.url },
      });
      const error = await fetch(url, { dispatcher }).catch(reason => reason);

      expect(proxy.asked).toEqual([`192.0.2.1:${port}`]);
      // The error proves that the certificate, which is for 127.0.0.1, was
      // checked at the end of the tunnel.
      expect(error.cause).toMatchObject({
        message: expect.stringContaining('altnames'),
      });
    },
  );

  it('are bypassed for loopback addresses', async () => {
    const port = await startTlsServer();
    const proxy = await startProxy(port);
    const url = `https://127.0.0.1:${port}`;
    const dispatcher = dispatcherFor({
      url,
      ca: CA,
      env: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url },
    });

    expect(await (await fetch(url, { dispatcher })).text()).toBe('hello');
    expect(proxy.asked).toEqual([]);
  });

  it('are bypassed for the hosts in NO_PROXY', async () => {
    const proxy = await startProxy(1);
    const url = 'https://argocd.internal.invalid';
    const dispatcher = dispatcherFor({
      url,
      env: { HTTPS_PROXY: proxy.url, NO_PROXY: '.internal.invalid' },
    });

    await expect(fetch(url, { dispatcher })).rejects.toThrow();
    expect(proxy.asked).toEqual([]);
  });
});

describe('certificate authorities', () => {
  it('include those of NODE_EXTRA_CA_CERTS beside an instance’s own', async () => {
    const port = await startTlsServer();
    const folder = mkdtempSync(join(tmpdir(), 'argocd-ca-'));
    closers.push(async () => rmSync(folder, { recursive: true, force: true }));
    const extra = join(folder, 'extra.pem');
    writeFileSync(extra, CA);
    const script = join(folder, 'script.cjs');
    // Node reads the variable at startup, so this needs another process. The
    // instance's own authority has not signed the server's certificate.
    writeFileSync(
      script,
      `const { fetch } = require(${JSON.stringify(require.resolve('undici'))});
       const { createDispatcher } = require(${JSON.stringify(
         require.resolve('./dispatcher.ts'),
       )});
       const url = 'https://127.0.0.1:${port}';
       const dispatcher = createDispatcher({
         url, ca: ${JSON.stringify(CERTIFICATE)}, connectMs: 5000, env: {},
       });
       fetch(url, { dispatcher })
         .then(response => response.text())
         .catch(error => error.cause.code)
         .then(text => { console.log(text); process.exit(); });`,
    );
    const run = async (env: NodeJS.ProcessEnv) => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
          script,
        ],
        { env: { PATH: process.env.PATH, ...env } },
      );
      return stdout.trim();
    };

    expect(await run({ NODE_EXTRA_CA_CERTS: extra })).toBe('hello');
    expect(await run({})).toMatch(/^[A-Z_]+$/);
  });
});
