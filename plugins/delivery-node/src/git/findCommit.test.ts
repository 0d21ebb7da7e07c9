import { createMockDirectory } from '@backstage/backend-test-utils';
import { author, file, TestGitHost } from '../__testUtils__/TestGitHost';

const LINE = 'Landfall-Change: 1';
const LONG_AGO = new Date(0);

describe('a search for a commit by GitClient', () => {
  const mockDir = createMockDirectory();
  let host: TestGitHost;

  beforeAll(async () => {
    host = await TestGitHost.start(mockDir.path);
  });
  afterAll(() => host.stop());
  afterEach(() => {
    host.server.isDown = false;
    host.server.afterPush = undefined;
  });

  const find = (url: string, options: { branch?: string; since?: Date } = {}) =>
    host.client.findCommit({
      url,
      branch: 'main',
      line: LINE,
      since: LONG_AGO,
      directory: host.cloneFolder(),
      ...options,
    });
  const commit = (url: string, newBranch?: string) =>
    host.client.commitFiles({
      url,
      files: [file('a.yaml', `a: ${host.nextNumber()}\n`)],
      message: `change\n\nWhy.\n\n${LINE}\n`,
      newBranch,
      author,
      directory: host.cloneFolder(),
    });

  it('finds it below later ones, and on its own branch', async () => {
    const repo = await host.repository('search', { 'a.yaml': 'a: 0\n' });
    expect(await find(repo.url)).toEqual({ kind: 'none' });
    expect(await find(repo.url, { branch: 'next' })).toEqual({ kind: 'none' });
    const { revision } = await commit(repo.url, 'next');
    expect(await find(repo.url)).toEqual({ kind: 'none' });
    const found = { kind: 'found', revision };
    expect(await find(repo.url, { branch: 'next' })).toEqual(found);
    await repo.git('update-ref', 'refs/heads/main', revision);
    await host.client.commitFiles({
      url: repo.url,
      files: [file('b.yaml', 'b: 1\n')],
      message: `Not ${LINE}`,
      author,
      directory: host.cloneFolder(),
    });
    expect(await find(repo.url)).toEqual(found);
  });

  it('says where there are too many to be sure', async () => {
    const repo = await host.repository('many', { 'a.yaml': 'a: 0\n' });
    const tree = (await repo.git('rev-parse', 'main^{tree}')).trim();
    let head = await repo.head();
    for (let left = 200; left > 0; left--) {
      head = (
        await repo.git(
          '-c',
          'user.name=a',
          '-c',
          'user.email=a@example.com',
          'commit-tree',
          tree,
          '-p',
          head,
          '-m',
          `${left}`,
        )
      ).trim();
    }
    await repo.git('update-ref', 'refs/heads/main', head);
    expect(await find(repo.url)).toEqual({ kind: 'unclear' });
    const tomorrow = new Date(Date.now() + 86_400_000);
    expect(await find(repo.url, { since: tomorrow })).toEqual({ kind: 'none' });
  });

  it('isn’t needed if the host shows what it took', async () => {
    const repo = await host.repository('shown', { 'a.yaml': 'a: 0\n' });
    host.server.afterPush = () => false;
    const { revision, changed } = await commit(repo.url);
    expect(changed).toEqual(['a.yaml']);
    expect(await repo.head()).toBe(revision);
  });

  it('finds what a host took before it stopped answering', async () => {
    const repo = await host.repository('silent', { 'a.yaml': 'a: 0\n' });
    host.server.afterPush = () => {
      host.server.isDown = true;
      return false;
    };
    await expect(commit(repo.url)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    host.server.isDown = false;
    expect(await find(repo.url)).toEqual({
      kind: 'found',
      revision: await repo.head(),
    });
  });
});
