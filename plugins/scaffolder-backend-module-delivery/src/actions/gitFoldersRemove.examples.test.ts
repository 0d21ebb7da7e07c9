import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type { CommitFilesOptions } from '@landfall/backstage-plugin-delivery-node';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { createGitFoldersRemoveAction } from './gitFoldersRemove';
import { examples } from './gitFoldersRemove.examples';

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
  const action = createGitFoldersRemoveAction({
    // The real one is tested against a real Git server where it lives.
    git: {
      commitFiles: async options => {
        commits.push(options);
        return {
          revision: 'c57a1d5',
          branch: options.newBranch ?? 'main',
          ...(options.newBranch && { base: 'main' }),
          changed: [],
          kept: [],
          removed: ['argocd/api/api-dev.yaml'],
        };
      },
    },
    requests: {
      open: async ({ title }) => ({
        url: 'https://git.example.com/shop/deploy/pulls/1',
        number: 1,
        title,
        state: 'open',
        updatedAt: '2026-05-04T12:00:00Z',
      }),
    },
    integrations: ScmIntegrations.fromConfig(config),
    config,
    ownership: ownershipOfEntities(),
  });
  const [output] = await runExample(action, example);
  return { output, commits };
}

describe('examples of delivery:git:folders:remove', () => {
  const [commit, request] = examples;

  it(`${commit.description}`, async () => {
    const { output, commits } = await run(commit);
    expect(commits).toMatchObject([
      {
        url: 'https://git.example.com/shop/deploy.git',
        remove: { entityRef: 'component:default/api', folders: ['argocd/api'] },
      },
    ]);
    expect(output).toMatchObject({ removed: ['argocd/api/api-dev.yaml'] });
    expect(output).not.toHaveProperty('requestUrl');
  });

  it(`${request.description}`, async () => {
    const { output } = await run(request);
    expect(output).toMatchObject({
      requestUrl: 'https://git.example.com/shop/deploy/pulls/1',
    });
  });

  it('has a test for each', () => {
    expect(examples).toEqual([commit, request]);
  });
});
