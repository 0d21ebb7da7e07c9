import { CREDENTIALS } from '@landfall/sandbox';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

/** A push is refused when the branch has moved meanwhile. */
const ATTEMPTS = 5;

/** The organization of everything that system tests make. */
export const OWNER = 'shop';

/** Configuration repositories on the sandbox's Git host. */
export class ConfigRepositories {
  constructor(
    private readonly url: string,
    /** For clones. */
    private readonly folder: string,
  ) {}

  async create(name: string): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/orgs/${OWNER}/repos`, {
      method: 'POST',
      headers: {
        authorization: basic(CREDENTIALS.git),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name, auto_init: true, default_branch: 'main' }),
    });
    if (!response.ok) {
      throw new Error(`Creating ${name}: ${await response.text()}`);
    }
  }

  async remove(name: string): Promise<void> {
    await fetch(`${this.url}/api/v1/repos/${OWNER}/${name}`, {
      method: 'DELETE',
      headers: { authorization: basic(CREDENTIALS.git) },
    });
  }

  /**
   * Commits files to a configuration repository, after whatever the updater has
   * committed; again, if somebody else was quicker.
   */
  async commit(
    repository: string,
    message: string,
    files: Record<string, string>,
  ): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.tryCommit(repository, message, files);
      } catch (error) {
        if (attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  private async tryCommit(
    repository: string,
    message: string,
    files: Record<string, string>,
  ): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const clone = await mkdtemp(join(this.folder, `${repository}-`));
    try {
      await this.commitIn(clone, repository, message, files);
    } finally {
      await rm(clone, { recursive: true, force: true });
    }
  }

  private async commitIn(
    clone: string,
    repository: string,
    message: string,
    files: Record<string, string>,
  ): Promise<void> {
    await run('git', ['clone', '--quiet', this.cloneUrl(repository), clone]);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(clone, path)), { recursive: true });
      await writeFile(join(clone, path), content);
    }
    const git = (...args: string[]) => run('git', ['-C', clone, ...args]);
    await git('add', '--all');
    await git(
      '-c',
      'user.name=Dana',
      '-c',
      'user.email=dana@example.com',
      'commit',
      '--quiet',
      '--message',
      message,
    );
    await git('push', '--quiet', 'origin', 'HEAD:main');
  }

  /** The files whose paths name a service, as `git ls-tree` lists them with their blobs. */
  async files(repository: string, service: string): Promise<string[]> {
    await mkdir(this.folder, { recursive: true });
    const clone = await mkdtemp(join(this.folder, `${repository}-`));
    try {
      await run('git', [
        'clone',
        '--quiet',
        '--bare',
        this.cloneUrl(repository),
        clone,
      ]);
      const { stdout } = await run('git', [
        '-C',
        clone,
        'ls-tree',
        '-r',
        'main',
      ]);
      return stdout.split('\n').filter(line => line.includes(service));
    } finally {
      await rm(clone, { recursive: true, force: true });
    }
  }

  /** What stands in a file at the head of a branch; undefined if either isn't there. */
  async read(
    repository: string,
    path: string,
    branch = 'main',
  ): Promise<string | undefined> {
    const response = await fetch(
      `${this.url}/api/v1/repos/${OWNER}/${repository}/contents/${path}?ref=${branch}`,
      { headers: { authorization: basic(CREDENTIALS.git) } },
    );
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw new Error(`Reading ${path}: ${await response.text()}`);
    }
    const { content } = z
      .object({ content: z.string() })
      .parse(await response.json());
    return Buffer.from(content, 'base64').toString('utf8');
  }

  /** As an Application names it, or with credentials. */
  cloneUrl(repository: string, signedIn = true): string {
    const url = new URL(`/${OWNER}/${repository}.git`, this.url);
    if (signedIn) {
      Object.assign(url, CREDENTIALS.git);
    }
    return url.href;
  }
}

function basic({ username, password }: { username: string; password: string }) {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
