import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  GitClient,
  type OpenRequestOptions,
} from '@landfall/backstage-plugin-delivery-node';
import { GitServer } from '@landfall/testing-kit';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createGitFoldersRemoveAction } from './gitFoldersRemove';

const TEAM = 'group:default/shop-team';
const MARK = 'component:default/api\n';

describe('delivery:git:folders:remove', () => {
  const mockDir = createMockDirectory();
  let server: GitServer;
  let count = 0;
  let clones = 0;

  beforeAll(async () => {
    server = await GitServer.start({
      folder: mockDir.resolve('repos'),
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
  });
  afterAll(() => server.stop());

  async function setup(files: Record<string, string>) {
    count += 1;
    const name = `remove-${count}`;
    await server.commit(name, files);
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          gitea: [
            {
              host: server.host,
              baseUrl: `http://${server.host}`,
              username: 'portal',
              password: 'secret',
            },
          ],
        },
      },
    });
    const opened: OpenRequestOptions[] = [];
    let failures = 0;
    const run = async (
      input: { mode?: 'commit' | 'request'; checkOnly?: boolean } = {},
      options: {
        owner?: string;
        state?: FakeTaskState;
        isDryRun?: boolean;
      } = {},
    ) => {
      const { owner = TEAM, state = new FakeTaskState(), isDryRun } = options;
      const action = createGitFoldersRemoveAction({
        git: GitClient.fromConfig({
          config,
          logger: mockServices.logger.mock(),
        }),
        requests: {
          open: async request => {
            if (failures > 0) {
              failures -= 1;
              throw new Error('The host is away');
            }
            opened.push(request);
            return {
              url: 'https://git.example.com/pulls/1',
              number: 1,
              title: request.title,
              state: 'open',
              updatedAt: '2026-05-04T12:00:00Z',
            };
          },
        },
        integrations: ScmIntegrations.fromConfig(config),
        config,
        ownership: ownershipOfEntities([apiOwnedBy(owner)], TEAM),
      });
      const ctx = {
        ...createMockActionContext({
          input: {
            repoUrl: server.repositoryUrl(name),
            folders: ['argocd/api'],
            entityRef: 'component:api',
            message: 'remove api',
            ...input,
          },
        }),
        createTemporaryDirectory: async () => {
          clones += 1;
          return mockDir.resolve(`clone-${clones}`);
        },
        checkpoint: state.checkpoint,
        isDryRun,
      };
      await action.handler(ctx);
      return Object.fromEntries(jest.mocked(ctx.output).mock.calls);
    };
    return {
      run,
      opened,
      failOnce: () => {
        failures = 1;
      },
      files: async (branch = 'main') =>
        (await server.git(name, 'ls-tree', '-r', '--name-only', branch))
          .split('\n')
          .filter(Boolean),
      branches: async () =>
        (await server.git(name, 'branch', '--format=%(refname:short)'))
          .split('\n')
          .filter(Boolean),
    };
  }

  const files = {
    'argocd/api/.landfall-entity': MARK,
    'argocd/api/api-dev.yaml': 'kind: Application\n',
    'argocd/web/web-dev.yaml': 'kind: Application\n',
  };
  const REST = ['argocd/web/web-dev.yaml'];

  it('removes only the folders of the entity, once', async () => {
    const { run, files: left } = await setup(files);
    expect(await run()).toMatchObject({
      removed: ['argocd/api/.landfall-entity', 'argocd/api/api-dev.yaml'],
    });
    expect(await left()).toEqual(REST);
    expect(await run()).toMatchObject({ removed: [] });
  });

  it('opens a pull request, and changes nothing before somebody merges it', async () => {
    const { run, files: left, branches, opened, failOnce } = await setup(files);
    failOnce();
    await expect(run({ mode: 'request' })).rejects.toThrow('away');
    expect(await run({ mode: 'request' })).toMatchObject({
      requestUrl: 'https://git.example.com/pulls/1',
    });
    expect(await left()).toEqual(Object.keys(files).sort());
    const all = await branches();
    const [branch] = all.filter(name => name !== 'main');
    expect(all).toHaveLength(2);
    expect(await left(branch)).toEqual(REST);
    expect(opened).toMatchObject([
      { branch, base: 'main', title: 'remove api' },
    ]);
  });

  it('opens none if there is nothing to remove', async () => {
    const { run, opened } = await setup({ 'README.md': 'x' });
    const output = await run({ mode: 'request' });
    expect(output).toMatchObject({ removed: [] });
    expect(output).not.toHaveProperty('requestUrl');
    expect(opened).toEqual([]);
  });

  it.each<[string, Record<string, string>, string, string]>([
    [
      'a folder of another entity',
      { 'argocd/api/.landfall-entity': 'component:default/other\n' },
      TEAM,
      'belongs to another entity than component:default/api',
    ],
    [
      'a folder of nobody',
      { 'argocd/api/api-dev.yaml': 'x' },
      TEAM,
      "isn't marked as belonging to component:default/api",
    ],
    [
      'an entity of another team',
      files,
      'group:default/pay-team',
      'owned by group:default/pay-team',
    ],
  ])('removes nothing of %s', async (_, theirs, owner, message) => {
    const { run, files: left } = await setup(theirs);
    for (const mode of ['commit', 'request'] as const) {
      await expect(run({ mode }, { owner })).rejects.toThrow(message);
    }
    expect(await left()).toEqual(Object.keys(theirs).sort());
  });

  it.each([{ checkOnly: true }, {}])(
    'only shows what it would do: %j',
    async input => {
      const { run, files: left } = await setup(files);
      await run(input, { isDryRun: !input.checkOnly });
      expect(await left()).toEqual(Object.keys(files).sort());
    },
  );

  it('does it once in a recovered task', async () => {
    const { run, files: left } = await setup(files);
    const state = new FakeTaskState();
    const first = await run({}, { state });
    state.recover();
    expect(await run({}, { state })).toEqual(first);
    expect(await left()).toEqual(REST);
    expect(state.stored).not.toContain('secret');
  });
});
