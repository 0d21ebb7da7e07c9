import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type { CommitFilesOptions } from '@landfall/backstage-plugin-delivery-node';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { FakePullRequestHost } from '../__testUtils__/pullRequestHost';
import { runExample } from '../__testUtils__/runExample';
import { createGitPullRequestAction } from './gitPullRequest';
import { examples } from './gitPullRequest.examples';

describe('examples of delivery:git:pull-request', () => {
  const workspace = createMockDirectory({
    content: { 'delivery/Chart.yaml': 'name: api\n' },
  });
  const [plain, named] = examples;

  async function run(example: (typeof examples)[number]) {
    const commits: CommitFilesOptions[] = [];
    const host = new FakePullRequestHost();
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          gitea: [
            { host: 'git.example.com', baseUrl: 'https://git.example.com' },
          ],
        },
      },
    });
    const [output] = await runExample(
      createGitPullRequestAction({
        // The real one is tested against a real Git server.
        git: {
          inspect: async () => ({ state: 'filled', defaultBranch: 'main' }),
          commitFiles: async options => {
            commits.push(options);
            return {
              revision: 'c57a1d5e15d1d8f7ce1b407140f677b75051ef14',
              branch: options.newBranch ?? '',
              changed: options.files.map(({ path }) => path),
              kept: [],
            };
          },
        },
        host,
        integrations: ScmIntegrations.fromConfig(config),
        config,
        ownership: ownershipOfEntities(),
      }),
      example,
      { workspacePath: workspace.path },
    );
    return { output, commits, pulls: host.pulls };
  }

  it(`${plain.description}`, async () => {
    const { output, pulls } = await run(plain);
    expect(output).toMatchObject({
      state: 'opened',
      changed: ['Chart.yaml'],
      url: pulls[0].url,
    });
    expect(pulls).toMatchObject([
      { description: 'Adds the chart and the Applications of api.' },
    ]);
  });

  it(`${named.description}`, async () => {
    const { commits, pulls } = await run(named);
    expect(commits).toMatchObject([
      {
        url: 'https://github.com/shop/deploy.git',
        claim: { entityRef: 'component:default/api', folders: ['apps/api'] },
        files: [{ path: 'apps/api/Chart.yaml' }],
      },
    ]);
    expect(pulls).toMatchObject([{ branch: 'add-api', base: 'main' }]);
  });

  it('has a test for each', () => {
    expect(examples).toEqual([plain, named]);
  });
});
