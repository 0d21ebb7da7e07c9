import { createMockDirectory } from '@backstage/backend-test-utils';
import { GitServer } from '@landfall/testing-kit';
import { author, file, TestGitHost } from '../__testUtils__/TestGitHost';
import type { GitClient } from './GitClient';

describe('GitClient', () => {
  const mockDir = createMockDirectory();
  let host: TestGitHost;

  beforeAll(async () => {
    host = await TestGitHost.start(mockDir.path);
  });
  afterAll(() => host.stop());

  it('commits files, and returns the changed ones', async () => {
    const repo = await host.repository('commit', {
      'a.txt': 'a\n',
      'b.txt': 'b\n',
    });
    const result = await host.client.commitFiles({
      url: repo.url,
      branch: 'main',
      files: [file('a.txt', 'a\n'), file('b.txt', 'B\n'), file('c/d.txt', 'd')],
      message: 'feat: change',
      author,
      directory: host.cloneFolder(),
    });
    expect(result).toEqual({
      revision: await repo.head(),
      branch: 'main',
      changed: ['b.txt', 'c/d.txt'],
      kept: [],
    });
    expect(await repo.show('b.txt')).toBe('B\n');
    expect(await repo.log()).toEqual([
      'Landfall: feat: change',
      'Test: change',
    ]);
  });

  it('makes no commit when nothing changes, and finds the default branch', async () => {
    const repo = await host.repository('same', { 'a.txt': 'a\n' });
    const before = await repo.head();
    await expect(
      host.client.commitFiles({
        url: repo.url,
        files: [file('a.txt', 'a\n')],
        message: 'nothing',
        author,
        directory: host.cloneFolder(),
      }),
    ).resolves.toEqual({
      revision: before,
      branch: 'main',
      changed: [],
      kept: [],
    });
    expect(await repo.head()).toBe(before);
  });

  it('keeps existing files without overwrite', async () => {
    const repo = await host.repository('keep', {
      'values.yaml': 'tag: 1.0.1\n',
    });
    const result = await host.client.commitFiles({
      url: repo.url,
      files: [file('values.yaml', 'tag: ""\n'), file('new.yaml', 'x: 1\n')],
      overwrite: false,
      message: 'add',
      author,
      directory: host.cloneFolder(),
    });
    expect(result).toMatchObject({
      changed: ['new.yaml'],
      kept: ['values.yaml'],
    });
    expect(await repo.show('values.yaml')).toBe('tag: 1.0.1\n');
  });

  it('retries when the branch has moved, and keeps the commits of others', async () => {
    const repo = await host.repository('race', { 'a.txt': 'a\n' });
    const writers = ['one', 'two', 'three', 'four'];
    const results = await Promise.all(
      writers.map(name =>
        host.client.commitFiles({
          url: repo.url,
          files: [file(`${name}.txt`, name)],
          message: name,
          author,
          directory: host.cloneFolder(),
        }),
      ),
    );
    expect(results.map(({ changed }) => changed)).toEqual(
      writers.map(name => [`${name}.txt`]),
    );
    for (const name of writers) {
      expect(await repo.show(`${name}.txt`)).toBe(name);
    }
    expect((await repo.log()).sort()).toEqual(
      [...writers.map(name => `Landfall: ${name}`), 'Test: change'].sort(),
    );
  });

  it('explains a missing repository, a missing branch and refused credentials', async () => {
    const repo = await host.repository('errors', { 'a.txt': 'a\n' });
    const commit = (git: GitClient, url: string, branch?: string) =>
      git.commitFiles({
        url,
        branch,
        files: [file('b.txt', 'b')],
        message: 'b',
        author,
        directory: host.cloneFolder(),
      });
    await expect(
      commit(host.client, host.server.repositoryUrl('missing')),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining("doesn't exist"),
    });
    await expect(
      commit(host.client, repo.url, 'release'),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('no branch release'),
    });
    await expect(
      commit(host.clientWith('wrong'), repo.url),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('refused the credentials'),
    });
  });

  it('distinguishes missing, empty and filled repositories', async () => {
    const repo = await host.repository('there', { 'a.txt': 'a\n' });
    const empty = await host.emptyRepository('empty');
    await expect(host.client.inspect({ url: repo.url })).resolves.toEqual({
      state: 'filled',
      defaultBranch: 'main',
    });
    await expect(host.client.inspect({ url: empty.url })).resolves.toEqual({
      state: 'empty',
    });
    await expect(
      host.client.inspect({ url: host.server.repositoryUrl('not-there') }),
    ).resolves.toEqual({ state: 'missing' });
  });

  it.each([
    ['main', undefined],
    ['release', 'release'],
  ])(
    'makes the first commit of an empty repository, on %s',
    async (branch, given) => {
      const repo = await host.emptyRepository(`first-${branch}`);
      const result = await host.client.commitFiles({
        url: repo.url,
        branch: given,
        files: [file('a/b.txt', 'b\n')],
        message: 'feat: begin',
        author,
        directory: host.cloneFolder(),
      });
      expect(result).toMatchObject({ branch, changed: ['a/b.txt'] });
      expect(await repo.git('show', `${branch}:a/b.txt`)).toBe('b\n');
      expect((await repo.git('rev-list', '--count', branch)).trim()).toBe('1');
    },
  );

  it('adds to the first commit of someone who was quicker', async () => {
    const repo = await host.emptyRepository('first-race');
    await Promise.all(
      ['one', 'two', 'three'].map(name =>
        host.client.commitFiles({
          url: repo.url,
          files: [file(`${name}.txt`, name)],
          message: name,
          author,
          directory: host.cloneFolder(),
        }),
      ),
    );
    expect(
      (await repo.git('ls-tree', '--name-only', 'main')).split('\n'),
    ).toEqual(expect.arrayContaining(['one.txt', 'two.txt', 'three.txt']));
  });

  it('fetches no file contents if the host supports that, and works if it does not', async () => {
    const commit = (git: GitClient, url: string) =>
      git.commitFiles({
        url,
        files: [file('a.txt', 'a\n'), file('new.txt', 'new\n')],
        message: 'x',
        author,
        directory: host.cloneFolder(),
      });
    const asked = () =>
      host.server.bodies.filter(
        body => body.startsWith('0') && /want/.test(body),
      );

    const before = asked().length;
    const repo = await host.repository('partial', {
      'a.txt': 'a\n',
      'b.txt': 'b',
    });
    await commit(host.client, repo.url);
    expect(asked().slice(before)).toEqual([
      expect.stringContaining('filter blob:none'),
    ]);
    expect(await repo.show('b.txt')).toBe('b');

    const plain = await GitServer.start({
      folder: mockDir.resolve('repos'),
      username: 'portal',
      password: 'secret',
    });
    try {
      const other = await host.repository('whole', {
        'a.txt': 'a\n',
        'b.txt': 'b',
      });
      const result = await commit(
        host.clientWith('secret', plain.host),
        plain.repositoryUrl('whole'),
      );
      expect(result.changed).toEqual(['new.txt']);
      expect(plain.bodies.join()).not.toContain('filter');
      expect(await other.show('new.txt')).toBe('new\n');
    } finally {
      await plain.stop();
    }
  });
});
