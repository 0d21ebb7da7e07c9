import { basicAuthorization, GitError, runGit } from '@landfall/testing-kit';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GitUser } from '../../config';
import { codeOf } from '../../errors';

/** Git can't answer prompts here, so it either has what it needs or fails. */
const TIMEOUT_MS = 60_000;

const ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: 'http:https:file',
  GIT_AUTHOR_NAME: 'argocd-image-updater',
  GIT_AUTHOR_EMAIL: 'noreply@argoproj.io',
  GIT_COMMITTER_NAME: 'argocd-image-updater',
  GIT_COMMITTER_EMAIL: 'noreply@argoproj.io',
};

/** A shallow clone in a new folder, made for one commit. */
export class GitClone {
  /** Prepares an empty clone in a new folder. The caller must `remove` it. */
  static async create(options: {
    folder: string;
    url: string;
    credentials: GitUser;
  }): Promise<GitClone> {
    await mkdir(options.folder, { recursive: true });
    const folder = await mkdtemp(join(options.folder, 'clone-'));
    const clone = new GitClone(folder, options.credentials);
    await clone.#git('init', '--quiet');
    await clone.#git('remote', 'add', '--', 'origin', options.url);
    return clone;
  }

  private constructor(
    private readonly folder: string,
    private readonly credentials: GitUser,
  ) {}

  /** The branch that the remote's HEAD points to. */
  async defaultBranch(): Promise<string> {
    const lines = await this.#git('ls-remote', '--symref', 'origin', 'HEAD');
    const branch = /^ref: refs\/heads\/(\S+)\s+HEAD$/m.exec(lines)?.[1];
    if (branch === undefined) {
      throw new Error('could not resolve the default branch of the remote');
    }
    return branch;
  }

  /**
   * Fetches and checks out a branch. If there is none, creates it from `base`;
   * an existing one is not rebased.
   */
  async checkOut(branch: string, base = branch): Promise<void> {
    let remote = branch;
    try {
      await this.#fetch(branch);
    } catch (error) {
      if (!(error instanceof GitError) || base === branch) {
        throw error;
      }
      remote = base;
      await this.#fetch(base);
    }
    const ref = `refs/remotes/origin/${remote}`;
    await this.#git('checkout', '--quiet', '--force', '-B', branch, ref, '--');
  }

  /** The text of a file, or undefined if it doesn't exist. */
  async read(path: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.folder, path), 'utf8');
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
    const file = join(this.folder, options.path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, options.content);
    await this.#git('add', '--force', '--', options.path);
    const messageFile = join(this.folder, '.git', 'image-updater-message');
    await writeFile(messageFile, options.message);
    await this.#git('commit', '--quiet', '-F', messageFile);
    const force = options.force ? ['--force'] : [];
    const ref = `refs/heads/${options.branch}`;
    await this.#git('push', '--quiet', ...force, 'origin', ref);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #fetch(branch: string): Promise<void> {
    const refs = `+refs/heads/${branch}:refs/remotes/origin/${branch}`;
    const args = ['--quiet', '--force', '--depth', '1', 'origin', refs];
    await this.#git('fetch', ...args);
  }

  async #git(...args: string[]): Promise<string> {
    const header = basicAuthorization(this.credentials);
    return runGit(this.folder, args, {
      env: ENVIRONMENT,
      config: {
        'core.hooksPath': '/dev/null',
        // A symbolic link in the repository could lead out of the clone.
        'core.symlinks': 'false',
        'http.extraHeader': `Authorization: ${header}`,
      },
      timeoutMs: TIMEOUT_MS,
    });
  }
}
