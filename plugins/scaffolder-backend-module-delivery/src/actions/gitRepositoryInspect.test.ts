import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  GitClient,
  type RepositoryState,
} from '@landfall/backstage-plugin-delivery-node';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGitRepositoryInspectAction } from './gitRepositoryInspect';

async function run(options: {
  git: Pick<GitClient, 'inspect'>;
  repoUrl: string;
  host?: string;
  isDryRun?: boolean;
  entityRef?: string;
  owner?: string;
  /** The text of catalog-info.yaml. */
  file?: string;
}) {
  const { host = 'git.example.com', isDryRun = false, file } = options;
  const { repoUrl, entityRef, owner } = options;
  const ctx = {
    ...createMockActionContext({ input: { repoUrl, entityRef, owner } }),
    isDryRun,
  };
  await createGitRepositoryInspectAction({
    git: options.git,
    integrations: ScmIntegrations.fromConfig(configFor(host)),
    reader: mockServices.urlReader.mock({
      readUrl: async url => {
        if (!file || !url.endsWith('/src/branch/main/catalog-info.yaml')) {
          throw new NotFoundError(`There is no ${url}`);
        }
        return { buffer: async () => Buffer.from(file) };
      },
    }),
  }).handler(ctx);
  return Object.fromEntries(jest.mocked(ctx.output).mock.calls);
}

function configFor(host: string) {
  return mockServices.rootConfig({
    data: { integrations: { gitea: [{ host, baseUrl: `http://${host}` }] } },
  });
}

describe('delivery:git:repository:inspect', () => {
  it.each<[RepositoryState, boolean, string]>([
    [{ state: 'missing' }, false, 'main'],
    [{ state: 'empty' }, true, 'main'],
    [{ state: 'filled', defaultBranch: 'trunk' }, true, 'trunk'],
    // Its HEAD points to a branch that doesn't exist.
    [{ state: 'filled' }, true, 'main'],
  ])('reports a repository that is %j', async (found, exists, branch) => {
    await expect(
      run({
        git: { inspect: async () => found },
        repoUrl: 'git.example.com?owner=shop&repo=api',
      }),
    ).resolves.toEqual({
      state: found.state,
      exists,
      host: 'gitea',
      remoteUrl: 'http://git.example.com/shop/api.git',
      repoContentsUrl: `http://git.example.com/shop/api/src/branch/${branch}`,
      catalogInfoUrl: `http://git.example.com/shop/api/src/branch/${branch}/catalog-info.yaml`,
    });
  });

  describe('for an entity', () => {
    const repoUrl = 'git.example.com?owner=shop&repo=api';
    const entityRef = 'Component:api';
    const file =
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: api }\nspec: { owner: shop-team }\n';
    const filled = { inspect: async () => ({ state: 'filled' as const }) };
    const check = (owner?: string, content?: string, git = filled) =>
      run({ git, repoUrl, entityRef, owner, file: content });

    it('accepts a repository that describes it', async () => {
      await expect(
        check('group:default/shop-team', file),
      ).resolves.toMatchObject({ state: 'filled' });
      await expect(check(undefined, file)).resolves.toMatchObject({
        state: 'filled',
      });
    });

    it('refuses one that is somebody else’s, or that nobody describes', async () => {
      await expect(check('group:default/pay-team', file)).rejects.toThrow(
        'component:default/api is owned by group:default/shop-team, not by group:default/pay-team',
      );
      await expect(check()).rejects.toThrow("catalog-info.yaml doesn't exist");
    });

    it('reads nothing of a repository that has nothing yet', async () => {
      const empty = { inspect: async () => ({ state: 'empty' as const }) };
      await expect(
        run({ git: empty, repoUrl, entityRef }),
      ).resolves.toMatchObject({ state: 'empty' });
    });

    it('reports an owner of nothing as a mistake', async () => {
      await expect(
        run({ git: filled, repoUrl, owner: 'group:default/shop-team' }),
      ).rejects.toThrow('owner needs entityRef');
    });
  });

  describe('with a server that must not be reached', () => {
    let requests: string[];
    let host: string;
    let stop: () => Promise<unknown>;

    beforeEach(async () => {
      requests = [];
      const server = createServer((request, response) => {
        requests.push(request.url ?? '');
        response.writeHead(401).end();
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      stop = async () => {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      };
    });
    afterEach(() => stop());

    const clientFor = (configured: string) =>
      GitClient.fromConfig({
        config: configFor(configured),
        logger: mockServices.logger.mock(),
      });

    it.each([true, false])(
      'sends no request to an unconfigured host (dry run: %s)',
      async isDryRun => {
        await expect(
          run({
            git: clientFor('git.example.com'),
            repoUrl: `http://${host}/x`,
            isDryRun,
          }),
        ).rejects.toThrow(`${host} isn't a configured Git host`);
        expect(requests).toEqual([]);
      },
    );

    it('sends no request to a configured host in a dry run', async () => {
      const git = clientFor(host);
      const repoUrl = `http://${host}/shop/private.git`;
      await expect(
        run({ git, host, repoUrl, isDryRun: true }),
      ).resolves.toMatchObject({ state: 'missing', exists: false });
      expect(requests).toEqual([]);

      await expect(run({ git, host, repoUrl })).rejects.toThrow(
        'refused the credentials',
      );
      expect(requests).not.toEqual([]);
    });
  });
});
