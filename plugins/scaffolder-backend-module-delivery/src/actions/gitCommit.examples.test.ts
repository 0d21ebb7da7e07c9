import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type { CommitFilesOptions } from '@landfall/backstage-plugin-delivery-node';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { createGitCommitAction } from './gitCommit';
import { examples } from './gitCommit.examples';

const REVISION = 'c57a1d5e15d1d8f7ce1b407140f677b75051ef14';

describe('examples of delivery:git:commit', () => {
  const workspace = createMockDirectory({
    content: { 'delivery/Chart.yaml': 'name: api\n' },
  });

  async function run(example: (typeof examples)[number]) {
    const commits: CommitFilesOptions[] = [];
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          gitea: [
            { host: 'git.example.com', baseUrl: 'https://git.example.com' },
          ],
        },
      },
    });
    const action = createGitCommitAction({
      // The real one is tested against a real Git server where it lives.
      git: {
        commitFiles: async options => {
          commits.push(options);
          return { revision: REVISION, branch: 'main', changed: [], kept: [] };
        },
      },
      integrations: ScmIntegrations.fromConfig(config),
      config,
      reader: { readUrl: mockServices.urlReader.mock().readUrl },
      ownership: ownershipOfEntities(),
    });
    const [output] = await runExample(action, example, {
      workspacePath: workspace.path,
    });
    return { output, commits };
  }

  const [all, missing] = examples;

  it(`${all.description}`, async () => {
    const { output, commits } = await run(all);
    expect(commits).toMatchObject([
      {
        url: 'https://git.example.com/shop/deploy.git',
        branch: 'main',
        message: 'feat: add the service api',
        files: [{ path: 'Chart.yaml' }],
      },
    ]);
    expect(output).toMatchObject({ revision: REVISION });
  });

  it(`${missing.description}`, async () => {
    const { output, commits } = await run(missing);
    expect(commits).toMatchObject([
      {
        url: 'https://github.com/shop/deploy.git',
        overwrite: false,
        files: [{ path: 'clusters/dev/Chart.yaml' }],
      },
    ]);
    expect(output).toMatchObject({
      commitUrl: `https://github.com/shop/deploy/commit/${REVISION}`,
    });
  });

  it('has a test for each', () => {
    expect(examples).toEqual([all, missing]);
  });
});
