import { CREDENTIALS } from '@landfall/sandbox';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The organization of everything that trials make. */
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
    await rm(join(this.folder, name), { recursive: true, force: true });
  }

  /** Commits files to a configuration repository, after whatever the updater has committed. */
  async commit(
    repository: string,
    message: string,
    files: Record<string, string>,
  ): Promise<void> {
    const clone = join(this.folder, repository);
    await rm(clone, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
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
