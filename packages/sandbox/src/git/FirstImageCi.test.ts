import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestRegistries, until } from '../ecr/__testUtils__/registry';

/** The part of a Git host's REST API that the CI reads. */
class GitHost {
  /** Files by path, for each `owner/name`. */
  readonly repositories = new Map<string, Record<string, string>>();
  /** The `Authorization` header of every request. */
  readonly requests: (string | undefined)[] = [];
  down = false;
  readonly #server: Server = createServer((req, res) => {
    this.requests.push(req.headers.authorization);
    const answer = this.#answer(req.url ?? '');
    if (this.down) {
      res.writeHead(503);
    } else {
      res.writeHead(answer === undefined ? 404 : 200);
    }
    res.end(JSON.stringify(answer ?? { message: 'Not Found' }));
  });

  async start(): Promise<string> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(path: string): unknown {
    const url = new URL(path, 'http://git');
    const [, org] =
      /^\/api\/v1\/orgs\/([^/]+)\/repos$/.exec(url.pathname) ?? [];
    if (org) {
      const page = Number(url.searchParams.get('page'));
      const limit = Number(url.searchParams.get('limit'));
      return [...this.repositories.keys()]
        .filter(name => name.startsWith(`${org}/`))
        .slice((page - 1) * limit, page * limit)
        .map(full => {
          const [login, name] = full.split('/');
          return { name, owner: { login }, html_url: `http://git/${full}` };
        });
    }
    const [, full, file] =
      /^\/api\/v1\/repos\/([^/]+\/[^/]+)\/contents\/(.+)$/.exec(url.pathname) ??
      [];
    const content = full && this.repositories.get(full)?.[file];
    return content === undefined || content === ''
      ? undefined
      : {
          type: 'file',
          encoding: 'base64',
          content: Buffer.from(content).toString('base64'),
        };
  }
}

function basic(username: string): string {
  return `Basic ${Buffer.from(`${username}:landfall`).toString('base64')}`;
}

const WORKFLOW = 'env:\n  ECR_REPOSITORY: "shop/api"\njobs: {}\n';

describe('the CI', () => {
  const registries = new TestRegistries();
  const hosts: GitHost[] = [];

  afterAll(async () => {
    await registries.cleanUp();
    await Promise.all(hosts.map(host => host.close()));
  });

  async function start(options: { username?: string; gitUrl?: string } = {}) {
    const git = new GitHost();
    hosts.push(git);
    const ownUrl = await git.start();
    const registry = await registries.start({
      config: {
        ci: {
          gitUrl: options.gitUrl ?? ownUrl,
          username: options.username ?? 'landfall',
          password: 'landfall',
          organizations: ['shop', 'absent'],
          intervalSeconds: 0.02,
        },
      },
    });
    const images = async () => {
      const answer = await fetch(registry.url);
      const { repositories } = Object(await answer.json());
      return repositories.flatMap(
        (repository: { images: object[] }) => repository.images,
      );
    };
    const createRepository = () =>
      registry.client.call('CreateRepository', { repositoryName: 'shop/api' });
    return { git, gitUrl: ownUrl, registry, images, createRepository };
  }

  test.each(['.github', '.gitea'])(
    'pushes the first image of a repository with a workflow in %s, and the next version',
    async folder => {
      const { git, images, createRepository } = await start();
      await createRepository();
      const files: Record<string, string> = {
        [`${folder}/workflows/release.yaml`]: WORKFLOW,
        VERSION: '1.0.0\n',
      };
      git.repositories.set('shop/api', files);
      await until(async () => (await images()).length === 1);
      expect(await images()).toMatchObject([{ tags: ['1.0.0'] }]);

      files.VERSION = '1.0.1\n';
      await until(async () => (await images()).length === 2);
      const [second, first] = await images();
      expect(second.tags).toEqual(['1.0.1']);
      expect(first.tags).toEqual(['1.0.0']);
      expect([...new Set(git.requests)]).toEqual([basic('landfall')]);
    },
  );

  test('labels the image with where it comes from', async () => {
    const { git, registry, images, createRepository } = await start();
    await createRepository();
    git.repositories.set('shop/api', {
      '.github/workflows/release.yaml': WORKFLOW,
      VERSION: '1.0.0',
    });
    await until(async () => (await images()).length === 1);
    const authorization = await registry.client.authorization();
    const read = async (path: string) => {
      const response = await fetch(`${registry.url}/v2/shop/api/${path}`, {
        headers: { authorization },
      });
      return Object(await response.json());
    };
    const manifest = await read('manifests/1.0.0');
    const config = await read(`blobs/${manifest.config.digest}`);
    expect(config.config.Labels).toEqual({
      'org.opencontainers.image.source': 'http://git/shop/api',
      'org.opencontainers.image.version': '1.0.0',
    });
    expect(Date.now() - Date.parse(config.created)).toBeLessThan(60_000);
  });

  test('waits for the ECR repository, and says so once', async () => {
    const { git, registry, images, createRepository } = await start();
    git.repositories.set('shop/api', {
      '.github/workflows/release.yaml': WORKFLOW,
      VERSION: '1.0.0',
    });
    const complaints = () =>
      registry.log.filter(line => line.includes('RepositoryNotFound'));
    await until(() => complaints().length > 0);
    await createRepository();
    await until(async () => (await images()).length === 1);
    expect(complaints()).toHaveLength(1);
  });

  test('outlasts the Git host, and leaves other repositories alone', async () => {
    const { git, registry, images, createRepository } = await start();
    await createRepository();
    git.down = true;
    await until(() => registry.log.some(line => line.includes('503')));
    for (let n = 0; n < 55; n++) {
      git.repositories.set(`shop/other-${n}`, { 'README.md': 'none' });
    }
    git.repositories.set('shop/no-version', {
      '.github/workflows/release.yaml': WORKFLOW,
    });
    git.repositories.set('shop/api', {
      '.github/workflows/release.yaml': WORKFLOW,
      VERSION: '1.0.0',
    });
    git.down = false;
    await until(async () => (await images()).length === 1);
    expect(registry.log.filter(line => line.includes('pushed'))).toEqual([
      expect.stringContaining('shop/api:1.0.0'),
    ]);
  });

  test('ends with its part', async () => {
    const { git, gitUrl, registry } = await start({ username: 'first' });
    await until(() => git.requests.length > 0);
    await registry.part.stop();
    git.requests.length = 0;
    // Several rounds of the second CI, at the same interval. A request that was
    // in flight when the first CI stopped may still arrive, but no more than
    // that.
    await start({ username: 'second', gitUrl });
    await until(() => git.requests.length >= 12);
    expect([...new Set(git.requests.slice(2))]).toEqual([basic('second')]);
  });
});
