import { createMockDirectory } from '@backstage/backend-test-utils';
import { validate } from 'jsonschema';
import { FakePullRequestHost } from '../__testUtils__/pullRequestHost';
import { PullRequestRuns } from '../__testUtils__/PullRequestRuns';
import { FakeTaskState } from '../__testUtils__/taskState';

describe('delivery:git:pull-request', () => {
  const folder = createMockDirectory();
  const workspace = createMockDirectory();
  let runs: PullRequestRuns;

  beforeAll(async () => {
    runs = await PullRequestRuns.start(folder.path, workspace.path);
  });
  afterAll(() => runs.stop());
  beforeEach(() => workspace.setContent({ 'new.yaml': 'a: 1\n' }));

  const setUp = (files?: Record<string, string>) => runs.setUp(files);

  it('opens a request from a new branch and leaves the target alone', async () => {
    const { run, host, git, head } = await setUp();
    const before = await head('main');
    const { output } = await run();
    const branch = expect.stringMatching(/^landfall\/change-[0-9a-f]{16}$/);
    expect(output).toEqual({
      state: 'opened',
      url: 'https://git.example.com/pulls/1',
      number: 1,
      branch,
      commit: await head(host.pulls[0].branch),
      changed: ['new.yaml'],
      kept: [],
    });
    expect(host.pulls).toMatchObject([
      { branch, base: 'main', title: 'feat: add api', description: 'Why' },
    ]);
    expect(await head('main')).toBe(before);
    expect(
      await git('log', '--format=%an %s', `main..${host.pulls[0].branch}`),
    ).toBe('Scaffolder feat: add api\n');
  });

  it('finds the request of the same files again, also after the target moved', async () => {
    const { run, host, name, branches } = await setUp();
    const first = await run();
    await runs.server.commit(name, { 'other.yaml': 'x' });
    const second = await run({ title: 'Another title', targetBranch: 'main' });
    expect(second.output).toEqual({ ...first.output, state: 'exists' });
    expect(second.warnings).toEqual([]);
    expect(host.pulls).toHaveLength(1);
    expect(await branches()).toHaveLength(2);
  });

  it('opens another one for other files', async () => {
    const { run, host } = await setUp();
    await run();
    workspace.addContent({ 'new.yaml': 'a: 2\n' });
    expect((await run()).output).toMatchObject({ state: 'opened', number: 2 });
    expect(host.pulls).toHaveLength(2);
  });

  it('opens none if there is nothing to change', async () => {
    const { run, host, git, branches, head } = await setUp({
      'new.yaml': 'a: 1\n',
    });
    const output = {
      state: 'nothing-to-change',
      branch: 'main',
      commit: await head('main'),
      changed: [],
      kept: [],
    };
    expect((await run()).output).toEqual(output);
    expect(await branches()).toEqual(['main']);
    // After a merge, the branch is often still there.
    workspace.addContent({ 'new.yaml': 'a: 2\n' });
    await run();
    await git('update-ref', 'refs/heads/main', host.pulls[0].branch);
    host.pulls[0].state = 'merged';
    expect((await run()).output).toEqual({
      ...output,
      commit: await head('main'),
    });
    expect(host.pulls).toHaveLength(1);
  });

  it.each(['beforeOpen', 'afterOpen'] as const)(
    'converges when it is killed (%s)',
    async moment => {
      const { run, host, branches } = await setUp();
      const state = new FakeTaskState();
      host[moment] = () => {
        throw new Error('killed');
      };
      await expect(run({}, { state })).rejects.toThrow('killed');
      host[moment] = () => {};
      state.recover();
      const { output } = await run({}, { state });
      expect(output).toMatchObject({
        state: moment === 'beforeOpen' ? 'opened' : 'exists',
        number: 1,
      });
      state.recover();
      expect((await run({}, { state })).output).toEqual(output);
      expect(host.pulls).toHaveLength(1);
      expect(await branches()).toHaveLength(2);
    },
  );

  it('proposes the same again after the request was closed', async () => {
    const { run, host } = await setUp();
    const first = await run();
    host.pulls[0].state = 'closed';
    const again = { state: 'opened', branch: `${first.output.branch}-2` };
    expect((await run()).output).toMatchObject(again);
    expect((await run()).output).toMatchObject({ ...again, state: 'exists' });
    expect(host.pulls).toHaveLength(2);
  });

  it('keeps what a reviewer has changed on the branch', async () => {
    const { run, host, name, git, head } = await setUp();
    const { branch } = (await run()).output;
    const other = await runs.server.commit(name, { 'new.yaml': 'a: 3\n' });
    await git('update-ref', `refs/heads/${branch}`, other);
    await git('update-ref', 'refs/heads/main', `${other}~1`);
    const { output, warnings } = await run();
    expect(output).toMatchObject({ state: 'exists', commit: other });
    expect(warnings).toEqual([
      `Somebody has changed new.yaml on the branch ${branch}. It stays as it is`,
    ]);
    expect(await head(String(branch))).toBe(other);
    expect(host.pulls).toHaveLength(1);
  });

  it('never changes a named branch of somebody else', async () => {
    const { run, host, git, head } = await setUp();
    await git('update-ref', 'refs/heads/add-api', 'main');
    const before = await head('add-api');
    await expect(run({ branch: 'add-api' })).rejects.toThrow(
      /The branch add-api of .* exists with other content in new\.yaml\. Nothing was changed/,
    );
    expect(await head('add-api')).toBe(before);
    expect(host.pulls).toEqual([]);
  });

  it('refuses a named branch whose request is closed', async () => {
    const { run, host } = await setUp();
    await run({ branch: 'add-api' });
    host.pulls[0].state = 'closed';
    await expect(run({ branch: 'add-api' })).rejects.toThrow(
      'The request https://git.example.com/pulls/1 of the branch add-api is closed. Delete the branch, or set another one',
    );
  });

  it('keeps existing files if it only adds missing ones', async () => {
    const { run, git, host } = await setUp({ 'new.yaml': 'theirs' });
    workspace.addContent({ 'more.yaml': 'm' });
    const { output } = await run({ overwrite: false });
    expect(output).toMatchObject({
      changed: ['more.yaml'],
      kept: ['new.yaml'],
    });
    expect(await git('show', `${host.pulls[0].branch}:new.yaml`)).toBe(
      'theirs',
    );
    expect((await run({ overwrite: false })).output).toMatchObject({
      state: 'exists',
      kept: ['new.yaml'],
    });
  });

  it('claims folders, and pushes nothing where they belong to somebody else', async () => {
    const { run, git, host, branches } = await setUp({
      'apps/pay/x': 'x',
      'apps/pay/.landfall-entity': 'component:default/pay\n',
    });
    const claim = { entityRef: 'component:api', ownFolders: ['apps/api'] };
    await expect(run({ ...claim, ownFolders: ['apps/pay'] })).rejects.toThrow(
      'belongs to another entity than component:default/api',
    );
    await expect(run(claim, { owner: 'group:default/pay' })).rejects.toThrow(
      'component:default/api is taken',
    );
    expect(await branches()).toEqual(['main']);
    await run(claim);
    expect(
      await git('show', `${host.pulls[0].branch}:apps/api/.landfall-entity`),
    ).toBe('component:default/api\n');
  });

  it('requests nothing in a dry run', async () => {
    const { run, host, branches } = await setUp();
    const { output } = await run({}, { isDryRun: true });
    expect(output).toMatchObject({ state: 'opened', changed: ['new.yaml'] });
    expect(output.url).toBeUndefined();
    expect(host.pulls).toEqual([]);
    expect(await branches()).toEqual(['main']);
  });

  it('stores neither contents nor the token in a checkpoint', async () => {
    const { run, host } = await setUp();
    const state = new FakeTaskState();
    workspace.addContent({ 'new.yaml': 'planted-content' });
    // The password of the test server.
    await run({ token: 'secret' }, { state });
    expect(host.tokens).toEqual(['secret']);
    expect(state.stored).toContain('pulls/1');
    expect(state.stored).not.toMatch(/planted|secret/);
  });

  it('pushes nothing in a cancelled task', async () => {
    const { run, branches } = await setUp();
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(run({}, { signal })).rejects.toThrow('cancelled');
    expect(await branches()).toEqual(['main']);
  });

  it('explains that a request needs a branch to go into', async () => {
    const { run } = await setUp({});
    await expect(run()).rejects.toThrow(
      'has no branch that a pull request could go into. Make the first commit',
    );
    await expect(
      run({ repoUrl: runs.server.repositoryUrl('missing') }),
    ).rejects.toThrow("doesn't exist, or the credentials may not see it");
    await expect(
      run({ repoUrl: 'https://azure.example.com/o/p/_git/r' }),
    ).rejects.toThrow('that works on GitHub, GitLab, Gitea and Bitbucket');
  });

  it.each([
    [{ branch: 'main' }, 'branch and targetBranch are both main'],
    [{ targetBranch: 'gone' }, 'has no branch gone'],
    [{ ownFolders: ['a'] }, 'entityRef and ownFolders belong together'],
    [{ repoUrl: 'http://169.254.169.254/x' }, "isn't a configured Git host"],
  ])('refuses %j', async (input, message) => {
    const { run } = await setUp();
    await expect(run(input)).rejects.toThrow(message);
  });

  it.each([
    ['add-api', true],
    ['feature/add_api.2', true],
    ['-x', false],
    ['a..b', false],
    ['a b', false],
    ['a/', false],
    ['a.lock', false],
    ['refs~1', false],
    ['a\nb', false],
  ])('takes the branch %j: %s', (branch, isValid) => {
    const { schema } = runs.action(new FakePullRequestHost());
    const { valid } = validate(
      { repoUrl: 'x', title: 't', branch },
      schema?.input ?? false,
    );
    expect(valid).toBe(isValid);
  });
});
