import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGit, startGitServer } from '../testing/gitServer';
import { GitClient } from './GitClient';

const author = { name: 'Landfall', email: 'landfall@example.com' };

describe('GitClient', () => {
  const mockDir = createMockDirectory();
  let server: Awaited<ReturnType<typeof startGitServer>>;
  let client: GitClient;
  let clones = 0;

  beforeAll(async () => {
    mkdirSync(mockDir.resolve('repos'), { recursive: true });
    server = await startGitServer({
      folder: mockDir.resolve('repos'),
      username: 'portal',
      password: 'secret',
    });
    client = clientWith('secret');
  });
  afterAll(() => server.stop());

  function clientWith(password: string) {
    return GitClient.fromConfig({
      config: mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host: server.host,
                baseUrl: `http://${server.host}`,
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

  /** A bare repository with one commit. */
  function repository(name: string, files: Record<string, string>) {
    const bare = mockDir.resolve('repos', name);
    mkdirSync(bare, { recursive: true });
    runGit(bare, 'init', '--bare', '--initial-branch=main', '.');
    runGit(bare, 'config', 'http.receivepack', 'true');
    const work = mockDir.resolve('work', name);
    mkdirSync(work, { recursive: true });
    runGit(work, 'clone', '--quiet', bare, '.');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(work, path, '..'), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    runGit(work, 'add', '.');
    runGit(work, 'commit', '--quiet', '-m', 'first');
    runGit(work, 'push', '--quiet', 'origin', 'HEAD:main');
    return {
      work,
      url: server.url(name),
      show: (path: string) => server.git(name, 'show', `main:${path}`),
      log: () =>
        server.git(name, 'log', '--format=%an: %s', 'main').trim().split('\n'),
      head: () => server.git(name, 'rev-parse', 'main').trim(),
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

  it('commits files and says which changed', async () => {
    const repo = repository('commit.git', { 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const result = await client.commitFiles({
      url: repo.url,
      branch: 'main',
      files: [file('a.txt', 'a\n'), file('b.txt', 'B\n'), file('c/d.txt', 'd')],
      message: 'feat: change',
      author,
      directory: directory(),
    });
    expect(result).toEqual({
      revision: repo.head(),
      branch: 'main',
      changed: ['b.txt', 'c/d.txt'],
      kept: [],
    });
    expect(repo.show('b.txt')).toBe('B\n');
    expect(repo.log()).toEqual(['Landfall: feat: change', 'Test: first']);
  });

  it('makes no commit when nothing changes, and finds the default branch', async () => {
    const repo = repository('same.git', { 'a.txt': 'a\n' });
    const before = repo.head();
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
    expect(repo.head()).toBe(before);
  });

  it('keeps files that exist when told to', async () => {
    const repo = repository('keep.git', { 'values.yaml': 'tag: 1.0.1\n' });
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
    expect(repo.show('values.yaml')).toBe('tag: 1.0.1\n');
  });

  it('starts again when the branch moved, and loses nothing of others', async () => {
    const repo = repository('race.git', { 'a.txt': 'a\n' });
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
      expect(repo.show(`${name}.txt`)).toBe(name);
    }
    expect(repo.log().sort()).toEqual(
      [...writers.map(name => `Landfall: ${name}`), 'Test: first'].sort(),
    );
  });

  it.each([
    ['../outside', 'not a path inside'],
    ['/etc/passwd', 'not a path inside'],
    ['.git/hooks/post-commit', 'not a path inside'],
    ['a\\b', 'not a path inside'],
  ])('refuses the path %s', async (path, message) => {
    const repo = repository(`path-${clones}.git`, { 'a.txt': 'a\n' });
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

  it('says in words what is wrong with the repository, the branch or the credentials', async () => {
    const repo = repository('errors.git', { 'a.txt': 'a\n' });
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
      commit(client, server.url('missing.git')),
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
      message: expect.stringContaining('wants other credentials'),
    });
  });

  it('tells whether a repository exists', async () => {
    const repo = repository('there.git', { 'a.txt': 'a\n' });
    await expect(client.inspect(repo.url)).resolves.toEqual({
      exists: true,
      defaultBranch: 'main',
    });
    await expect(client.inspect(server.url('not-there.git'))).resolves.toEqual({
      exists: false,
    });
  });
});
