import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { GitServer, runGit } from '@landfall/testing-kit';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitClient } from './GitClient';

/** Computed as Git does. */
function blobId(text: string): string {
  const size = Buffer.byteLength(text);
  return createHash('sha1').update(`blob ${size}\0${text}`).digest('hex');
}

const author = { name: 'Landfall', email: 'landfall@example.com' };

describe('GitClient', () => {
  const mockDir = createMockDirectory();
  let server: GitServer;
  let client: GitClient;
  let clones = 0;

  beforeAll(async () => {
    server = await GitServer.start({
      folder: mockDir.resolve('repos'),
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
    client = clientWith('secret');
  });
  afterAll(() => server.stop());

  function clientWith(password: string, host = server.host) {
    return GitClient.fromConfig({
      config: mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host,
                baseUrl: `http://${host}`,
                username: 'portal',
                password,
              },
            ],
          },
        },
      }),
      logger: mockServices.logger.mock(),
      random: () => 0,
    });
  }

  async function emptyRepository(name: string) {
    await server.createRepository(name);
    return access(name);
  }

  /** A repository with one commit. */
  async function repository(name: string, files: Record<string, string>) {
    await server.commit(name, files);
    return access(name);
  }

  function access(name: string) {
    const git = (...args: string[]) => server.git(name, ...args);
    return {
      name,
      url: server.repositoryUrl(name),
      work: server.workFolder(name),
      git,
      show: (path: string) => git('show', `main:${path}`),
      log: async () =>
        (await git('log', '--format=%an: %s', 'main')).trim().split('\n'),
      head: async () => (await git('rev-parse', 'main')).trim(),
    };
  }

  function directory() {
    clones += 1;
    return mockDir.resolve('clones', String(clones));
  }

  const file = (path: string, text: string) => ({
    path,
    content: Buffer.from(text),
  });

  it('commits files and returns which changed', async () => {
    const repo = await repository('commit', { 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const result = await client.commitFiles({
      url: repo.url,
      branch: 'main',
      files: [file('a.txt', 'a\n'), file('b.txt', 'B\n'), file('c/d.txt', 'd')],
      message: 'feat: change',
      author,
      directory: directory(),
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
    const repo = await repository('same', { 'a.txt': 'a\n' });
    const before = await repo.head();
    await expect(
      client.commitFiles({
        url: repo.url,
        files: [file('a.txt', 'a\n')],
        message: 'nothing',
        author,
        directory: directory(),
      }),
    ).resolves.toEqual({
      revision: before,
      branch: 'main',
      changed: [],
      kept: [],
    });
    expect(await repo.head()).toBe(before);
  });

  it('keeps files that exist when told to', async () => {
    const repo = await repository('keep', { 'values.yaml': 'tag: 1.0.1\n' });
    const result = await client.commitFiles({
      url: repo.url,
      files: [file('values.yaml', 'tag: ""\n'), file('new.yaml', 'x: 1\n')],
      overwrite: false,
      message: 'add',
      author,
      directory: directory(),
    });
    expect(result).toMatchObject({
      changed: ['new.yaml'],
      kept: ['values.yaml'],
    });
    expect(await repo.show('values.yaml')).toBe('tag: 1.0.1\n');
  });

  it('starts again when the branch moved, and loses nothing of others', async () => {
    const repo = await repository('race', { 'a.txt': 'a\n' });
    const writers = ['one', 'two', 'three', 'four'];
    const results = await Promise.all(
      writers.map(name =>
        client.commitFiles({
          url: repo.url,
          files: [file(`${name}.txt`, name)],
          message: name,
          author,
          directory: directory(),
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

  it.each([
    ['../outside', 'not a path inside'],
    ['/etc/passwd', 'not a path inside'],
    ['.git/hooks/post-commit', 'not a path inside'],
    ['a\\b', 'not a path inside'],
  ])('refuses the path %s', async (path, message) => {
    const repo = await repository(`path-${clones}`, { 'a.txt': 'a\n' });
    await expect(
      client.commitFiles({
        url: repo.url,
        files: [file(path, 'x')],
        message: 'x',
        author,
        directory: directory(),
      }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });

  it('explains what is wrong with the repository, the branch or the credentials', async () => {
    const repo = await repository('errors', { 'a.txt': 'a\n' });
    const commit = (git: GitClient, url: string, branch?: string) =>
      git.commitFiles({
        url,
        branch,
        files: [file('b.txt', 'b')],
        message: 'b',
        author,
        directory: directory(),
      });
    await expect(
      commit(client, server.repositoryUrl('missing')),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('There is no repository'),
    });
    await expect(commit(client, repo.url, 'release')).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('no branch release'),
    });
    await expect(commit(clientWith('wrong'), repo.url)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('refused the credentials'),
    });
  });

  it('tells missing, empty and filled repositories apart', async () => {
    const repo = await repository('there', { 'a.txt': 'a\n' });
    const empty = await emptyRepository('empty');
    await expect(client.inspect({ url: repo.url })).resolves.toEqual({
      state: 'filled',
      defaultBranch: 'main',
    });
    await expect(client.inspect({ url: empty.url })).resolves.toEqual({
      state: 'empty',
    });
    await expect(
      client.inspect({ url: server.repositoryUrl('not-there') }),
    ).resolves.toEqual({ state: 'missing' });
  });

  it.each([
    ['main', undefined],
    ['release', 'release'],
  ])(
    'makes the first commit of an empty repository, on %s',
    async (branch, given) => {
      const repo = await emptyRepository(`first-${branch}`);
      const result = await client.commitFiles({
        url: repo.url,
        branch: given,
        files: [file('a/b.txt', 'b\n')],
        message: 'feat: begin',
        author,
        directory: directory(),
      });
      expect(result).toMatchObject({ branch, changed: ['a/b.txt'] });
      expect(await repo.git('show', `${branch}:a/b.txt`)).toBe('b\n');
      expect((await repo.git('rev-list', '--count', branch)).trim()).toBe('1');
    },
  );

  it('merges into the first commit of someone who was quicker', async () => {
    const repo = await emptyRepository('first-race');
    await Promise.all(
      ['one', 'two', 'three'].map(name =>
        client.commitFiles({
          url: repo.url,
          files: [file(`${name}.txt`, name)],
          message: name,
          author,
          directory: directory(),
        }),
      ),
    );
    expect(
      (await repo.git('ls-tree', '--name-only', 'main')).split('\n'),
    ).toEqual(expect.arrayContaining(['one.txt', 'two.txt', 'three.txt']));
  });

  it('keeps the executable bit, and sets it where it is asked to', async () => {
    const repo = await repository('modes', {
      'old.sh': 'old',
      'plain.sh': 'p',
    });
    await runGit(repo.work, ['update-index', '--chmod=+x', 'old.sh']);
    await server.commitWork(repo.name, 'mode');
    const { changed } = await client.commitFiles({
      url: repo.url,
      files: [
        file('old.sh', 'new'),
        { ...file('plain.sh', 'p'), executable: true },
        { ...file('new.sh', 'n'), executable: true },
        file('new.txt', 'n'),
      ],
      message: 'modes',
      author,
      directory: directory(),
    });
    expect(changed).toEqual(['new.sh', 'new.txt', 'old.sh', 'plain.sh']);
    const modes = (await repo.git('ls-tree', 'main'))
      .trim()
      .split('\n')
      .map(line => line.replace(/ blob \w+\t/, ' '));
    expect(modes).toEqual([
      '100755 new.sh',
      '100644 new.txt',
      '100755 old.sh',
      '100755 plain.sh',
    ]);
  });

  it.each([
    ['link/passwd', 'link is a symbolic link'],
    ['link', 'link is a symbolic link'],
    ['dangling', 'dangling is a symbolic link'],
    ['a.txt/b', 'a.txt is a file'],
    ['folder', 'folder is a folder'],
    ['module/x', 'module is a submodule'],
  ])('refuses %s, and touches nothing outside', async (path, message) => {
    const repo = await repository(`special-${clones}`, {
      'a.txt': 'a\n',
      'folder/b.txt': 'b\n',
    });
    const outside = mockDir.resolve('outside');
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, 'passwd'), 'of the host');
    symlinkSync(outside, join(repo.work, 'link'));
    symlinkSync('/nowhere', join(repo.work, 'dangling'));
    await runGit(repo.work, ['add', '.']);
    await runGit(repo.work, [
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${await repo.head()},module`,
    ]);
    await server.commitWork(repo.name, 'special');
    await expect(
      client.commitFiles({
        url: repo.url,
        files: [file(path, 'of the host')],
        message: 'x',
        author,
        directory: directory(),
      }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
    expect(readdirSync(outside)).toEqual(['passwd']);
  });

  it.each([
    ['a file and a folder', ['a', 'a/b']],
    ['a folder and a file', ['a/b', 'a']],
  ])('refuses files of which one is %s', async (_, paths) => {
    const repo = await emptyRepository(`clash-${clones}`);
    await expect(
      client.commitFiles({
        url: repo.url,
        files: paths.map(path => file(path, 'x')),
        message: 'x',
        author,
        directory: directory(),
      }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it('fetches no contents of files where the host supports it, and works where it does not', async () => {
    const commit = (git: GitClient, url: string) =>
      git.commitFiles({
        url,
        files: [file('a.txt', 'a\n'), file('new.txt', 'new\n')],
        message: 'x',
        author,
        directory: directory(),
      });
    const asked = () =>
      server.bodies.filter(body => body.startsWith('0') && /want/.test(body));

    const before = asked().length;
    const repo = await repository('partial', { 'a.txt': 'a\n', 'b.txt': 'b' });
    await commit(client, repo.url);
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
      const other = await repository('whole', { 'a.txt': 'a\n', 'b.txt': 'b' });
      const result = await commit(
        clientWith('secret', plain.host),
        plain.repositoryUrl('whole'),
      );
      expect(result.changed).toEqual(['new.txt']);
      expect(plain.bodies.join()).not.toContain('filter');
      expect(await other.show('new.txt')).toBe('new\n');
    } finally {
      await plain.stop();
    }
  });

  it('leaves any repository valid, with exactly the files that it should have', async () => {
    const name = fc.constantFrom('a', 'b', 'a.b', 'a-b', 'ü', 'A');
    const path = fc
      .array(name, { minLength: 1, maxLength: 4 })
      .map(names => names.join('/'));
    // Only files at the ends, so that no path is both a file and a folder.
    const files = fc.dictionary(
      path.map(text => `${text}/file`),
      fc.string({ maxLength: 5 }),
      { minKeys: 1, maxKeys: 8 },
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(files, files, fc.boolean(), async (old, next, over) => {
        count += 1;
        const repo = await repository(`any-${count}`, old);
        const { changed, kept } = await client.commitFiles({
          url: repo.url,
          files: Object.entries(next).map(([key, text]) => file(key, text)),
          overwrite: over,
          message: 'any',
          author,
          directory: directory(),
        });
        const differing = Object.keys(next).filter(
          key => key in old && old[key] !== next[key],
        );
        expect(kept).toEqual(over ? [] : differing.sort());
        const expected: Record<string, string> = over
          ? { ...old, ...next }
          : { ...next, ...old };
        expect(changed).toEqual(
          Object.keys(expected)
            .filter(key => old[key] !== expected[key])
            .sort(),
        );
        await repo.git('fsck', '--strict');
        const listed = (await repo.git('ls-tree', '-r', '-z', 'main'))
          .split('\0')
          .filter(Boolean);
        expect(listed.sort()).toEqual(
          Object.entries(expected)
            .map(([key, text]) => `100644 blob ${blobId(text)}\t${key}`)
            .sort(),
        );
      }),
      { numRuns: 10 },
    );
  }, 120_000);
});
