import { mkdir, writeFile, chmod } from 'node:fs/promises';
import { existsSync, mkdtempSync, mkdirSync, rmSync } from 'node:fs';
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
    const half = join(host.stateDir, 'limbo', 'half-made');
    mkdirSync(half, { recursive: true });

    await host.restart();
    expect(existsSync(half)).toBe(false);
    await host.mustGit(['clone', `${host.url}/shop/api`, host.path('again')]);
    expect(
      await host.mustGit(['ls-remote', '--heads', `${host.url}/shop/api`]),
    ).toContain('refs/heads/main');
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
