import { createMockDirectory } from '@backstage/backend-test-utils';
import { author, file, TestGitHost } from '../__testUtils__/TestGitHost';

describe('an edit by GitClient', () => {
  const mockDir = createMockDirectory();
  let host: TestGitHost;

  beforeAll(async () => {
    host = await TestGitHost.start(mockDir.path);
  });
  afterAll(() => host.stop());

  const bump = (
    url: string,
    options: { newBranch?: string; onRead?: () => Promise<unknown> } = {},
  ) =>
    host.client.commitFiles({
      url,
      files: [],
      async edit(files) {
        const text = await files.readText('dev/values.yaml');
        await options.onRead?.();
        return [file('dev/values.yaml', `${text}# seen\n`)];
      },
      newBranch: options.newBranch,
      message: 'edit',
      author,
      directory: host.cloneFolder(),
    });

  it('edits a file as it is at the head, and again if that moves', async () => {
    const repo = await host.repository('edit', { 'dev/values.yaml': 'a: 1\n' });
    let reads = 0;
    const result = await bump(repo.url, {
      onRead: async () => {
        reads += 1;
        if (reads === 1) {
          await host.client.commitFiles({
            url: repo.url,
            files: [file('dev/values.yaml', 'a: 2\n')],
            message: 'theirs',
            author,
            directory: host.cloneFolder(),
          });
        }
      },
    });
    expect(result.changed).toEqual(['dev/values.yaml']);
    expect(reads).toBe(2);
    expect(await repo.show('dev/values.yaml')).toBe('a: 2\n# seen\n');
  });

  it('shows the files of a folder, and none that are no text', async () => {
    const repo = await host.repository('read', {
      'a/b.yaml': '\uFEFFb: 1\r\n',
      'a/c/d.yaml': 'd: 1\n',
      'e.yaml': 'e: 1\n',
    });
    const read: unknown[] = [];
    await host.client.commitFiles({
      url: repo.url,
      files: [],
      async edit(files) {
        read.push(await files.list(''), await files.list('a'));
        read.push(await files.readText('a/b.yaml'));
        read.push(await files.readText('a'), await files.readText('x/y'));
        read.push(files.revision);
        await expect(files.readText('../etc/passwd')).rejects.toThrow(
          "isn't a path inside a repository",
        );
        return [];
      },
      message: 'nothing',
      author,
      directory: host.cloneFolder(),
    });
    expect(read).toEqual([
      ['a/b.yaml', 'a/c/d.yaml', 'e.yaml'],
      ['a/b.yaml', 'a/c/d.yaml'],
      '\uFEFFb: 1\r\n',
      undefined,
      undefined,
      await repo.head(),
    ]);
  });

  it('puts an edit on a new branch, once', async () => {
    const repo = await host.repository('branch', { 'dev/values.yaml': 'a\n' });
    const before = await repo.head();
    const first = await bump(repo.url, { newBranch: 'landfall/1' });
    expect(first).toMatchObject({
      branch: 'landfall/1',
      base: 'main',
      changed: ['dev/values.yaml'],
    });
    const again = await bump(repo.url, { newBranch: 'landfall/1' });
    expect(again).toEqual({ ...first, changed: [], existed: true });
    expect(await repo.head()).toBe(before);
    expect(await repo.git('show', 'landfall/1:dev/values.yaml')).toBe(
      'a\n# seen\n',
    );
  });

  it('puts files on a new branch without fetching the others', async () => {
    const repo = await host.repository('files', { 'a/b.yaml': 'b', c: 'c' });
    host.server.bodies.length = 0;
    const commit = {
      url: repo.url,
      files: [file('a/d.yaml', 'd')],
      newBranch: 'landfall/2',
      message: 'add',
      author,
    };
    await host.client.commitFiles({
      ...commit,
      directory: host.cloneFolder(),
    });
    expect(host.server.bodies.join('\n')).toContain('filter blob:none');
    const names = await repo.git('ls-tree', '-r', '--name-only', 'landfall/2');
    expect(names).toBe('a/b.yaml\na/d.yaml\nc\n');
    expect(await repo.git('show', 'landfall/2:a/b.yaml')).toBe('b');
  });
});
