import { createServer, type Server } from 'node:http';
import { sleepingImage } from './image';
import { OciRegistry } from './OciRegistry';

/**
 * A registry that requires a token from a separate service, as Docker's does,
 * and stores what it receives.
 */
class TokenRegistry {
  readonly blobs = new Map<string, Buffer>();
  readonly manifests = new Map<string, Buffer>();
  readonly scopes: string[] = [];
  readonly #server: Server;
  url = '';

  constructor() {
    this.#server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', chunk => chunks.push(chunk));
      req.on('end', () => {
        const url = new URL(req.url ?? '/', this.url);
        const answer = this.#answer(
          req.method ?? '',
          url,
          req.headers.authorization ?? '',
          Buffer.concat(chunks),
        );
        res.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const address = this.#server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    this.url = `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #answer(
    method: string,
    { pathname, searchParams }: URL,
    authorization: string,
    body: Buffer,
  ): { status: number; headers?: Record<string, string>; body?: string } {
    if (pathname === '/token') {
      const basic = Buffer.from('ann:secret').toString('base64');
      if (authorization !== `Basic ${basic}`) {
        return { status: 401 };
      }
      this.scopes.push(searchParams.get('scope') ?? '');
      return { status: 200, body: JSON.stringify({ token: 'granted' }) };
    }
    if (authorization !== 'Bearer granted') {
      return {
        status: 401,
        headers: {
          'www-authenticate': `Bearer realm="${this.url}/token",service="registry"`,
        },
      };
    }
    const [, kind, name] =
      /^\/v2\/team\/app\/(blobs|manifests)\/(.+)$/.exec(pathname) ?? [];
    if (kind === 'manifests' && method === 'PUT') {
      this.manifests.set(name, body);
      return { status: 201 };
    }
    if (kind === 'manifests' && method === 'DELETE') {
      return { status: 405 };
    }
    if (method === 'HEAD') {
      return { status: this.blobs.has(name) ? 200 : 404 };
    }
    if (method === 'POST') {
      return {
        status: 202,
        headers: { location: '/v2/team/app/blobs/uploads/1?state=x' },
      };
    }
    this.blobs.set(searchParams.get('digest') ?? '', body);
    return { status: searchParams.get('state') === 'x' ? 201 : 400 };
  }
}

describe('a registry that requires a token', () => {
  const server = new TokenRegistry();
  const image = sleepingImage({
    architecture: 'arm64',
    label: 'one',
    created: new Date(0),
  });

  beforeAll(() => server.start());
  afterAll(() => server.stop());

  it('receives blobs and manifest, with one token request', async () => {
    const registry = new OciRegistry(server.url, {}, async () => ({
      username: 'ann',
      password: 'secret',
    }));
    expect(await registry.push('team/app', '1.0.0', image)).toBe(
      image.manifest.digest,
    );
    registry.close();
    expect([...server.blobs.keys()]).toEqual([
      image.config.digest,
      image.layer.digest,
    ]);
    expect(server.manifests.get('1.0.0')).toEqual(image.manifest.bytes);
    expect(server.scopes).toEqual(['repository:team/app:pull,push,delete']);
  });

  it('may not allow deleting', async () => {
    const registry = new OciRegistry(server.url, {}, async () => ({
      username: 'ann',
      password: 'secret',
    }));
    expect(await registry.remove('team/app', image.manifest.digest)).toBe(
      false,
    );
    registry.close();
  });

  it('refuses unknown callers', async () => {
    const registry = new OciRegistry(server.url, {}, async () => undefined);
    await expect(registry.push('team/app', '1.0.0', image)).rejects.toThrow(
      'the registry answered 401',
    );
    registry.close();
  });
});
