import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../../errors';
import { GitCommandError, GitCommands } from '../../git/GitCommands';

/** Git can't answer prompts here, so it either has what it needs or fails. */
const TIMEOUT_MS = 60_000;

const AUTHOR = {
  GIT_AUTHOR_NAME: 'argocd-image-updater',
  GIT_AUTHOR_EMAIL: 'noreply@argoproj.io',
  GIT_COMMITTER_NAME: 'argocd-image-updater',
  GIT_COMMITTER_EMAIL: 'noreply@argoproj.io',
};

/** A user of a Git host. */
export interface GitCredentials {
  username: string;
  password: string;
}

/** A shallow clone in a new folder, made for one commit. */
export class GitClone {
  readonly #folder: string;
  readonly #env: Record<string, string>;
  readonly #commands = new GitCommands();

  /** Prepares an empty clone in a new folder. The caller must `remove` it. */
  static async create(options: {
    folder: string;
    url: string;
    credentials?: GitCredentials;
  }): Promise<GitClone> {
    await mkdir(options.folder, { recursive: true });
    const clone = new GitClone(
      await mkdtemp(join(options.folder, 'clone-')),
      environment(options.credentials),
    );
    await clone.#git('init', '--quiet');
    await clone.#git('remote', 'add', '--', 'origin', options.url);
    return clone;
  }

  private constructor(folder: string, env: Record<string, string>) {
    this.#folder = folder;
    this.#env = env;
  }

  /** The branch that the remote's HEAD points to. */
  async defaultBranch(): Promise<string> {
    const lines = await this.#git('ls-remote', '--symref', 'origin', 'HEAD');
    const branch = /^ref: refs\/heads\/(\S+)\s+HEAD$/m.exec(lines)?.[1];
    if (branch === undefined) {
      throw new Error('could not resolve the default branch of the remote');
    }
    return branch;
  }

  /** Fetches and checks out a branch. */
  async checkOut(branch: string): Promise<void> {
    await this.#fetch(branch);
    await this.#reset(branch, branch);
  }

  /**
   * Checks out a remote branch, or creates it from another one. An existing
   * branch is not rebased.
   */
  async checkOutOrCreate(branch: string, base: string): Promise<void> {
    try {
      await this.checkOut(branch);
    } catch (error) {
      if (!(error instanceof GitCommandError)) {
        throw error;
      }
      await this.#fetch(base);
      await this.#reset(branch, base);
    }
  }

  /** The text of a file, or undefined if it doesn't exist. */
  async read(path: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.#folder, path), 'utf8');
    } catch (error) {
      if (['ENOENT', 'EISDIR'].includes(codeOf(error) ?? '')) {
        return undefined;
      }
      throw error;
    }
  }

  /** Writes and commits a file and pushes the commit, without a retry. */
  async commitAndPush(options: {
    path: string;
    content: string;
    message: string;
    branch: string;
    force: boolean;
  }): Promise<void> {
    const file = join(this.#folder, options.path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, options.content);
    await this.#git('add', '--force', '--', options.path);
    const messageFile = join(this.#folder, '.git', 'image-updater-message');
    await writeFile(messageFile, options.message);
    await this.#git('commit', '--quiet', '-F', messageFile);
    await this.#git(
      'push',
      '--quiet',
      ...(options.force ? ['--force'] : []),
      'origin',
      `refs/heads/${options.branch}`,
    );
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #fetch(branch: string): Promise<void> {
    await this.#git(
      'fetch',
      '--quiet',
      '--force',
      '--depth',
      '1',
      'origin',
      `+refs/heads/${branch}:refs/remotes/origin/${branch}`,
    );
  }

  /** Points the local branch to what was fetched of a remote one. */
  async #reset(branch: string, remote: string): Promise<void> {
    await this.#git(
      'checkout',
      '--quiet',
      '--force',
      '-B',
      branch,
      `refs/remotes/origin/${remote}`,
      '--',
    );
  }

  async #git(...args: string[]): Promise<string> {
    const output = await this.#commands.run(args, {
      gitDir: join(this.#folder, '.git'),
      env: { GIT_WORK_TREE: this.#folder, ...this.#env },
      timeoutMs: TIMEOUT_MS,
    });
    return output.toString('utf8');
  }
}

/**
 * Passes credentials in the environment, so that they appear neither in process
 * lists nor in configuration files.
 */
function environment(credentials?: GitCredentials): Record<string, string> {
  const settings: [string, string][] = [
    ['commit.gpgsign', 'false'],
    ['credential.helper', ''],
    ['core.hooksPath', '/dev/null'],
    // A symbolic link in the repository could lead out of the clone.
    ['core.symlinks', 'false'],
  ];
  if (credentials) {
    const basic = Buffer.from(
      `${credentials.username}:${credentials.password}`,
    ).toString('base64');
    settings.push(['http.extraHeader', `Authorization: Basic ${basic}`]);
  }
  return {
    GIT_ALLOW_PROTOCOL: 'http:https:file',
    ...AUTHOR,
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
  };
}
