import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CREDENTIALS = 'sandbox-git-user:sandbox-git-password';
const PATH = 'shop/deploy';

/**
 * The configuration repository on the sandbox's Git host, or another repository, as a
 * person uses it.
 */
export class ConfigRepository {
  constructor(private readonly gitUrl: string, private readonly path = PATH) {}

  /**
   * Commits a change of one file to `main`.
   *
   * @throws Error if the change leaves the file as it is
   */
  async edit(
    file: string,
    message: string,
    change: (text: string) => string,
  ): Promise<void> {
    await this.clone(async (folder, git) => {
      const path = join(folder, file);
      const former = await readFile(path, 'utf8');
      const text = change(former);
      if (text === former) {
        throw new Error(`${message}: ${file} has nothing to change:\n${text}`);
      }
      await writeFile(path, text);
      await git(
        '-c',
        'user.name=Dana',
        '-c',
        'user.email=dana@example.com',
        'commit',
        '--quiet',
        '--all',
        '--message',
        message,
      );
      await git('push', '--quiet', 'origin', 'HEAD:main');
    });
  }

  /** The text of a file on `main`. */
  async read(file: string): Promise<string> {
    return this.clone(async folder => readFile(join(folder, file), 'utf8'));
  }

  /** The paths of the files below a folder on `main`. */
  async files(folder: string): Promise<string[]> {
    return this.clone(async (_, git) => {
      const { stdout } = await git('ls-files', '--', folder);
      return stdout.split('\n').filter(Boolean);
    });
  }

  /** Changes a file for as long as the work takes. */
  async withEdit(
    file: string,
    message: string,
    change: (text: string) => string,
    work: () => Promise<void>,
  ): Promise<void> {
    let former = '';
    await this.edit(file, message, text => {
      former = text;
      return change(text);
    });
    try {
      await work();
    } finally {
      await this.edit(file, `Not: ${message}`, () => former);
    }
  }

  /** Opens a pull request into `main`. */
  async propose(head: string, title: string): Promise<void> {
    await this.post('', { head, base: 'main', title });
  }

  async merge(number: number): Promise<void> {
    await this.post(`/${number}/merge`, { Do: 'merge' });
  }

  private async clone<T>(
    work: (
      folder: string,
      git: (...args: string[]) => Promise<{ stdout: string }>,
    ) => Promise<T>,
  ): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'landfall-edit-'));
    const git = (...args: string[]) =>
      promisify(execFile)('git', args, { cwd: folder });
    try {
      const url = this.gitUrl.replace('://', `://${CREDENTIALS}@`);
      await git('clone', '--quiet', `${url}/${this.path}.git`, '.');
      return await work(folder, git);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async post(path: string, body: object): Promise<void> {
    const response = await fetch(
      `${this.gitUrl}/api/v1/repos/${this.path}/pulls${path}`,
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(CREDENTIALS).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      },
    );
    if (!response.ok) {
      throw new Error(`${response.url}: ${await response.text()}`);
    }
  }
}
