import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { GitServer } from '@landfall/testing-kit';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { GitClient } from './GitClient';

describe('GitClient with a misbehaving Git host', () => {
  const mockDir = createMockDirectory();
  const servers: Server[] = [];
  let directories = 0;

  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function clientFor(host: string, git: JsonObject = {}) {
    return GitClient.fromConfig({
      config: mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host,
                baseUrl: `http://${host}`,
                username: 'portal',
                password: 'secret',
              },
            ],
          },
          delivery: { git },
        },
      }),
      logger: mockServices.logger.mock(),
    });
  }

  function commit(client: GitClient, url: string, signal?: AbortSignal) {
    directories += 1;
    return client.commitFiles({
      url,
      files: [{ path: 'a.txt', content: Buffer.from('a') }],
      message: 'feat: a',
      author: { name: 'Landfall', email: 'landfall@example.com' },
      directory: mockDir.resolve('clones', String(directories)),
      signal,
    });
  }

  it('gives up on a host that never answers', async () => {
    const host = await serve(() => {});
    const client = clientFor(host, { idleTimeout: { milliseconds: 50 } });
    await expect(commit(client, `http://${host}/a/b.git`)).rejects.toThrow(
      `${host} was silent for 0.05 s. Try again later, or raise delivery.git.idleTimeout in the configuration.`,
    );
  });

  it('gives up on a host that stops in the middle of its answer', async () => {
    const host = await serve((_, response) => {
      response.setHeader(
        'content-type',
        'application/x-git-upload-pack-advertisement',
      );
      response.write('001e# service=git-upload-pack\n0000');
    });
    const client = clientFor(host, { idleTimeout: { milliseconds: 50 } });
    await expect(
      client.inspect({ url: `http://${host}/a/b.git` }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('was silent'),
    });
  });

  it('gives up on a host that stays slow', async () => {
    const host = await serve((_, response) => {
      const timer = setInterval(() => response.write('0'), 5);
      response.once('close', () => clearInterval(timer));
    });
    const client = clientFor(host, { timeout: { milliseconds: 200 } });
    await expect(
      client.inspect({ url: `http://${host}/a/b.git` }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /took longer than 0\.2 s to list its branches.*delivery\.git\.timeout/,
      ),
    });
  });

  it('reads no more of a response than the configured limit', async () => {
    const host = await serve((_, response) => {
      response.end('x'.repeat(2_000_000));
    });
    const client = clientFor(host, { maxMegabytes: 1 });
    await expect(
      client.inspect({ url: `http://${host}/a/b.git` }),
    ).rejects.toThrow('is larger than 1 MB');
  });

  it('closes the connection as soon as the task is cancelled', async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> | undefined;
    const host = await serve((_, response) => {
      closed = once(response, 'close');
      controller.abort(new Error('cancelled by the user'));
    });
    await expect(
      commit(clientFor(host), `http://${host}/a/b.git`, controller.signal),
    ).rejects.toThrow('cancelled by the user');
    await closed;
  });

  it.each([301, 302, 307, 308])(
    'follows no redirect (%d) to another host',
    async status => {
      const reached: string[] = [];
      const internal = await serve((request, response) => {
        reached.push(request.url ?? '');
        response.end();
      });
      const host = await serve((request, response) => {
        response
          .writeHead(request.headers.authorization ? status : 401, {
            location: `http://${internal}${request.url}`,
          })
          .end();
      });
      await expect(
        clientFor(host).inspect({ url: `http://${host}/a/b.git` }),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(`redirects to http://${internal}`),
      });
      expect(reached).toEqual([]);
    },
  );

  it('gives up on a redirect loop', async () => {
    const host = await serve((request, response) => {
      response.writeHead(302, { location: request.url }).end();
    });
    await expect(
      clientFor(host).inspect({ url: `http://${host}/a/b.git` }),
    ).rejects.toThrow('redirected 5 times');
  });

  it('commits to a repository that moved within its host', async () => {
    const git = await GitServer.start({
      folder: mockDir.path,
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
    await git.createRepository('new');
    try {
      // A proxy to the real server that redirects as GitHub does.
      const host = await serve((request, response) => {
        const { url = '', method, headers } = request;
        if (url.startsWith('/old.git')) {
          response
            .writeHead(301, { location: url.replace('/old.git', '/new.git') })
            .end();
          return;
        }
        const chunks: Buffer[] = [];
        request.on('data', chunk => chunks.push(chunk));
        request.once('end', async () => {
          const answer = await fetch(`http://${git.host}${url}`, {
            method,
            headers: Object.fromEntries(
              ['authorization', 'content-type', 'git-protocol'].flatMap(key => {
                const value = headers[key];
                return typeof value === 'string' ? [[key, value]] : [];
              }),
            ),
            body: method === 'POST' ? Buffer.concat(chunks) : undefined,
          });
          response.writeHead(answer.status, {
            'content-type': answer.headers.get('content-type') ?? '',
          });
          response.end(Buffer.from(await answer.arrayBuffer()));
        });
      });
      const url = `http://${host}/old.git`;
      await expect(commit(clientFor(host), url)).resolves.toMatchObject({
        changed: ['a.txt'],
      });
      expect(await git.git('new', 'show', 'main:a.txt')).toBe('a');
    } finally {
      await git.stop();
    }
  });

  it.each(['http://169.254.169.254/x', 'file:///etc', 'http://github.com/a/b'])(
    'sends no request to %s',
    async url => {
      await expect(commit(clientFor('git.example.com'), url)).rejects.toThrow(
        expect.objectContaining({ name: 'InputError' }),
      );
    },
  );

  it('explains an unknown host', async () => {
    const host = await serve(() => {});
    servers.pop()?.close();
    await expect(
      clientFor(host).inspect({ url: `http://${host}/a/b.git` }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining(`${host} can't be reached`),
    });
  });
});
