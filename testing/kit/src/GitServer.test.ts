import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitServer } from './GitServer';
import { runGit } from './git';

describe('GitServer', () => {
  let folder: string;
  let server: GitServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'git-server-'));
    server = await GitServer.start({
      folder,
      username: 'portal',
      password: 'secret',
    });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const clone = (credentials: string, name: string) => {
    const url = server.repositoryUrl(name).replace('://', `://${credentials}@`);
    return runGit(folder, ['clone', '--quiet', url, `clone-of-${name}`]);
  };

  it('serves what was committed, and the last commit of each file', async () => {
    await server.commit('api', { 'a/b.txt': 'old', 'c.txt': 'c' });
    const sha = await server.commit(
      'api',
      { 'a/b.txt': 'new', 'c.txt': null },
      'second',
      'Ada <ada@example.com>',
    );
    await clone('portal:secret', 'api');
    const work = join(folder, 'clone-of-api');
    expect(await readFile(join(work, 'a/b.txt'), 'utf8')).toBe('new');
    expect(await runGit(work, ['ls-files'])).toBe('a/b.txt\n');
    expect(await runGit(work, ['log', '--format=%H %an %cn %s'])).toMatch(
      new RegExp(`^${sha} Ada Test second\\n\\w+ Test Test change\\n$`),
    );
  });

  it('accepts pushes', async () => {
    await server.createRepository('empty');
    await clone('portal:secret', 'empty');
    const work = join(folder, 'clone-of-empty');
    await runGit(work, ['commit', '--quiet', '--allow-empty', '-m', 'first']);
    await runGit(work, ['push', '--quiet', 'origin', 'HEAD:main']);
    expect(await server.git('empty', 'log', '--format=%s', 'main')).toBe(
      'first\n',
    );
  });

  it('refuses other credentials', async () => {
    await server.createRepository('private');
    await expect(clone('portal:wrong', 'private')).rejects.toThrow(
      'Authentication failed',
    );
  });

  it('keeps its port when it is stopped and started', async () => {
    const { host } = server;
    await server.stop();
    await server.start();
    expect(server.host).toBe(host);
  });
});
