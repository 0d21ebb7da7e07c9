import { mockServices } from '@backstage/backend-test-utils';
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
}) {
  const { host = 'git.example.com', isDryRun = false, repoUrl } = options;
  const ctx = {
    ...createMockActionContext({ input: { repoUrl } }),
    isDryRun,
  };
  await createGitRepositoryInspectAction({
    git: options.git,
    integrations: ScmIntegrations.fromConfig(configFor(host)),
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
