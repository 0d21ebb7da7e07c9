import { mkdir, writeFile, chmod } from 'node:fs/promises';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitConfig } from '../config';
import { startGitHost } from './GitHost';
import { TestHost } from './__testUtils__/TestHost';

describe('GitHost', () => {
  let seeds: string;
  let host: TestHost | undefined;

  beforeAll(() => {
    seeds = mkdtempSync(join(tmpdir(), 'seeds-'));
  });
  afterEach(async () => {
    await host?.stop();
    host = undefined;
  });
  afterAll(() => rmSync(seeds, { recursive: true, force: true }));

  it('seeds repositories once', async () => {
    const folder = join(seeds, 'deploy');
    await mkdir(join(folder, 'apps'), { recursive: true });
    await mkdir(join(folder, '.git'), { recursive: true });
    await writeFile(join(folder, '.git', 'config'), 'not for others');
    await writeFile(join(folder, '.gitignore'), 'ignored\n');
    await writeFile(join(folder, 'apps', 'ignored'), 'kept\n');
    await writeFile(join(folder, 'run.sh'), '#!/bin/sh\n');
    await chmod(join(folder, 'run.sh'), 0o755);
    host = await TestHost.start({
      seeds: [{ owner: 'shop', name: 'deploy', folder }],
    });
    const copy = host.path('copy');
    const url = `${host.as('landfall', 'landfall')}/shop/deploy`;
    await host.mustGit(['clone', url, copy]);
    expect(await host.mustGit(['ls-files', '--stage'], copy)).toMatch(
      /^100644 \w+ 0\t\.gitignore\n100644 \w+ 0\tapps\/ignored\n100755 \w+ 0\trun\.sh$/,
    );
    await host.commit(copy, { 'more.txt': 'x' }, 'More');
    await host.mustGit(['push', 'origin', 'main'], copy);
    await host.restart();
    const again = host.path('again');
    await host.mustGit(['clone', `${host.url}/shop/deploy`, again]);
    expect(await host.mustGit(['rev-list', '--count', 'HEAD'], again)).toBe(
      '2',
    );
  });

  it('keeps everything over a restart, and clears what a killed process left', async () => {
    host = await TestHost.start();
    await host.publish('api', { a: '1\n' });
    await host.api('/orgs/shop/repos', {
      method: 'POST',
      body: { name: 'secret' },
    });
    const before = await host.api('/repos/shop/secret');
    const oldUrl = host.url;
    mkdirSync(join(host.stateDir, 'limbo', 'half-made'), { recursive: true });

    await host.restart();
    const after = await host.api('/repos/shop/secret');
    expect(JSON.stringify(after.body)).toBe(
      JSON.stringify(before.body).replaceAll(oldUrl, host.url),
    );
    await host.mustGit(['clone', `${host.url}/shop/api`, host.path('again')]);
    expect(
      await host.mustGit(['ls-remote', '--heads', `${host.url}/shop/api`]),
    ).toContain('refs/heads/main');
  });

  it('adopts at the next start the branch of a push after which it was killed', async () => {
    host = await TestHost.start();
    await host.publish('api', { a: '1\n' });
    const repository = join(host.stateDir, 'repositories', 'shop', 'api.git');
    writeFileSync(join(repository, 'HEAD'), 'ref: refs/heads/not-pushed\n');
    await host.restart();
    expect((await host.api('/repos/shop/api')).body).toMatchObject({
      default_branch: 'main',
      empty: false,
    });
  });

  it('knows its branches after they were packed', async () => {
    host = await TestHost.start();
    await host.publish('api', { a: '1\n' });
    const repository = join(host.stateDir, 'repositories', 'shop', 'api.git');
    await host.mustGit(['pack-refs', '--all'], repository);
    expect((await host.api('/repos/shop/api')).body).toMatchObject({
      empty: false,
    });
  });

  it('names itself by its public URL', async () => {
    host = await TestHost.start({ publicUrl: 'https://git.example.com/' });
    expect(host.url).toBe('https://git.example.com');
  });

  it('is out of reach during an outage', async () => {
    host = await TestHost.start();
    await host.publish('api', { a: '1\n' });
    const outage = (seconds: number) =>
      fetch(`${host?.url}/_sandbox/outage`, {
        method: 'POST',
        body: JSON.stringify({ seconds }),
      });
    await outage(60);
    expect((await host.git(['ls-remote', `${host.url}/shop/api`])).ok).toBe(
      false,
    );
    await outage(0);
    expect((await host.git(['ls-remote', `${host.url}/shop/api`])).ok).toBe(
      true,
    );
  });

  it.each<[string, Partial<GitConfig>, string]>([
    [
      'a bad organization',
      { organizations: ['a b'] },
      'not a valid owner name',
    ],
    ['a reserved one', { organizations: ['api'] }, 'is reserved'],
    [
      'a seed of nobody',
      { seeds: [{ owner: 'lab', name: 'x', folder: '.' }] },
      'needs "lab" among the organizations',
    ],
    [
      'a seed with a bad name',
      {
        organizations: ['lab'],
        seeds: [{ owner: 'lab', name: '../x', folder: '.' }],
      },
      'not a valid repository name',
    ],
  ])('refuses a configuration with %s', async (_title, config, message) => {
    await expect(
      startGitHost({
        config: { port: 0, users: [], organizations: [], seeds: [], ...config },
        host: '127.0.0.1',
        stateDir: '/nowhere',
        logger: { info: () => {}, warn: () => {}, error: () => {} },
      }),
    ).rejects.toThrow(message);
  });
});
