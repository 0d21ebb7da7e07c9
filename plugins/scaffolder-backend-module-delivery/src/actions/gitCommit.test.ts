import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import type {
  CommitFilesOptions,
  CommitFilesResult,
} from '@landfall/backstage-plugin-delivery-node';
import { chmodSync, readFileSync } from 'node:fs';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createGitCommitAction } from './gitCommit';

const revision = 'c57a1d5e15d1d8f7ce1b407140f677b75051ef14';

describe('delivery:git:commit', () => {
  const workspace = createMockDirectory({
    content: {
      delivery: {
        'a.yaml': 'a: 1\n',
        '.hidden': 'h',
        '.git': { config: 'not ours' },
        deep: { 'b.yaml': 'b: 2\n' },
      },
      empty: {},
    },
  });
  const config = mockServices.rootConfig({
    data: { scaffolder: { defaultAuthor: { name: 'Landfall' } } },
  });

  async function run(
    input: JsonObject,
    result: Partial<CommitFilesResult> = {},
    isDryRun = false,
    state = new FakeTaskState(),
    owner = 'group:default/shop-team',
  ) {
    const commits: CommitFilesOptions[] = [];
    const action = createGitCommitAction({
      // The real one is tested against a real Git server where it lives.
      git: {
        commitFiles: async options => {
          commits.push(options);
          return { revision, branch: 'main', changed: [], kept: [], ...result };
        },
      },
      integrations: ScmIntegrations.fromConfig(config),
      config,
      reader: {
        readUrl: async url => ({ buffer: async () => Buffer.from(url) }),
      },
      ownership: ownershipOfEntities([apiOwnedBy(owner)]),
    });
    const ctx = {
      ...createMockActionContext({
        input: {
          repoUrl: 'https://github.com/shop/deploy.git',
          sourcePath: './delivery',
          message: 'feat: add api',
          ...input,
        },
        workspacePath: workspace.path,
      }),
      checkpoint: state.checkpoint,
      isDryRun,
    };
    await action.handler(ctx);
    return {
      commits,
      output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
    };
  }

  it('commits the folder’s files below the target, but never .git', async () => {
    const { commits, output } = await run(
      { targetPath: 'clusters/dev' },
      { changed: ['clusters/dev/a.yaml'] },
    );
    expect(commits).toHaveLength(1);
    expect(
      commits[0].files
        .map(({ path, content }) => `${path}=${content}`)
        .sort((a, b) => a.localeCompare(b)),
    ).toEqual([
      'clusters/dev/.hidden=h',
      'clusters/dev/a.yaml=a: 1\n',
      'clusters/dev/deep/b.yaml=b: 2\n',
    ]);
    expect(commits[0]).toMatchObject({
      url: 'https://github.com/shop/deploy.git',
      message: 'feat: add api',
      author: { name: 'Landfall', email: 'scaffolder@backstage.io' },
    });
    expect(output).toEqual({
      revision,
      branch: 'main',
      changed: ['clusters/dev/a.yaml'],
      kept: [],
      commitUrl: `https://github.com/shop/deploy/commit/${revision}`,
    });
  });

  it('returns the kept files if it only adds missing ones', async () => {
    const { commits, output } = await run(
      { overwrite: false },
      { kept: ['a.yaml'] },
    );
    expect(commits[0].overwrite).toBe(false);
    expect(output).toMatchObject({ changed: [], kept: ['a.yaml'] });
  });

  it('keeps the executable bit of workspace files', async () => {
    chmodSync(workspace.resolve('delivery/deep/b.yaml'), 0o755);
    const { commits } = await run({});
    expect(
      Object.fromEntries(
        commits[0].files.map(({ path, executable }) => [path, executable]),
      ),
    ).toEqual({ '.hidden': false, 'a.yaml': false, 'deep/b.yaml': true });
  });

  it('copies kept files into the workspace if requested', async () => {
    const kept = ['clusters/dev/deep/b.yaml'];
    const input = { targetPath: './clusters/dev/', overwrite: false };
    const read = () =>
      readFileSync(workspace.resolve('delivery/deep/b.yaml'), 'utf8');
    await run(input, { kept });
    expect(read()).toBe('b: 2\n');
    await run({ ...input, readKept: true }, { kept });
    expect(read()).toBe(
      'https://github.com/shop/deploy/blob/main/clusters/dev/deep/b.yaml',
    );
  });

  it('commits in each iteration of a loop, even in a recovered task', async () => {
    const state = new FakeTaskState();
    const first = { message: 'feat: add dev' };
    const again = () => run(first, {}, false, state);
    await expect(again()).resolves.toMatchObject({ commits: [{}] });
    state.recover();
    await expect(again()).resolves.toMatchObject({ commits: [] });
    for (const other of [
      { message: 'feat: add prod' },
      { targetPath: 'clusters/prod' },
      { branch: 'release' },
      { repoUrl: 'https://github.com/shop/other.git' },
      { overwrite: false },
    ]) {
      const { commits } = await run({ ...first, ...other }, {}, false, state);
      expect(commits).toHaveLength(1);
    }
    workspace.addContent({ 'delivery/a.yaml': 'a: 2\n' });
    await expect(again()).resolves.toMatchObject({ commits: [{}] });
  });

  it('stores neither contents nor the token in a checkpoint', async () => {
    const state = new FakeTaskState();
    workspace.addContent({ 'delivery/a.yaml': 'planted-content' });
    await run({ token: 'planted-token' }, {}, false, state);
    expect(state.stored).toContain(revision);
    expect(state.stored).not.toContain('planted');
  });

  it('commits nothing in a dry run', async () => {
    const { commits, output } = await run({}, {}, true);
    expect(commits).toEqual([]);
    expect(output.changed).toHaveLength(3);
  });

  it.each([
    [{ sourcePath: './empty' }, 'There is nothing to commit'],
    [{ sourcePath: '../..' }, 'not allowed'],
    [{ repoUrl: 'https://a:b@github.com/x/y' }, 'must not contain credentials'],
    [{ repoUrl: 'http://169.254.169.254/x' }, "isn't a configured Git host"],
  ])('refuses %j', async (input, message) => {
    await expect(run(input)).rejects.toThrow(message);
  });

  const claimed = {
    entityRef: 'Component:api',
    ownFolders: ['apps/api', 'argocd/api'],
  };

  it('claims folders for an entity', async () => {
    const { commits } = await run(claimed);

    expect(commits[0].claim).toEqual({
      entityRef: 'component:default/api',
      folders: ['apps/api', 'argocd/api'],
    });
  });

  it('claims no folder for an entity that the initiator doesn’t own', async () => {
    await expect(
      run(claimed, {}, false, new FakeTaskState(), 'group:default/pay-team'),
    ).rejects.toThrow(
      'component:default/api is taken: it is owned by group:default/pay-team',
    );
  });

  it.each([{ entityRef: 'component:api' }, { ownFolders: ['apps/api'] }])(
    'reports %j as a mistake',
    async input => {
      await expect(run(input)).rejects.toThrow(
        'entityRef and ownFolders belong together',
      );
    },
  );
});
