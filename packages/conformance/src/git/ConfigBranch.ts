import { basicAuthorization, runGit, writeFiles } from '@landfall/testing-kit';
import { mkdir } from 'node:fs/promises';
import type { Trust } from '../http/RawHttp';

const PUSHES = 5;

/** How to reach the configuration repository. */
export interface GitAccess {
  url: string;
  username?: string;
  password?: string;
  trust: Trust;
  /**
   * File with the certificate authorities, since git doesn't take them as text.
   */
  caFile?: string;
}

export interface Commit {
  sha: string;
  author: string;
  committer: string;
  /** The whole message, as stored. */
  message: string;
  /** Changed paths. */
  files: string[];
}

/**
 * A branch of the configuration repository that only one topic works on, so
 * that no other commits get in between. It starts as an orphan branch without
 * files and is written with plain git.
 */
export class ConfigBranch {
  #pushed = false;

  private constructor(
    private readonly access: GitAccess,
    private readonly folder: string,
    readonly name: string,
  ) {}

  /** @param folder - a folder for this branch alone; it is created */
  static async create(
    access: GitAccess,
    folder: string,
    name: string,
  ): Promise<ConfigBranch> {
    await mkdir(folder, { recursive: true });
    const branch = new ConfigBranch(access, folder, name);
    await branch.git(['init', '--quiet', '-b', name]);
    await branch.git(['remote', 'add', 'origin', access.url]);
    return branch;
  }

  /**
   * Commits files on top of what others have pushed meanwhile, and pushes.
   * `null` removes a file.
   *
   * @returns the commit's SHA
   */
  async commit(
    files: Record<string, string | null>,
    options: {
      message?: string;
      author?: { name: string; email: string };
      /** ISO 8601. */
      authorDate?: string;
    } = {},
  ): Promise<string> {
    if (this.#pushed) {
      await this.fetch();
      await this.git(['reset', '--quiet', '--hard', `origin/${this.name}`]);
    }
    await writeFiles(this.folder, files);
    await this.git(['add', '--all']);
    const { author, authorDate } = options;
    await this.git(
      [
        'commit',
        '--quiet',
        '--allow-empty',
        '-m',
        options.message ?? 'test: change the fixture',
      ],
      {
        ...(author && {
          GIT_AUTHOR_NAME: author.name,
          GIT_AUTHOR_EMAIL: author.email,
        }),
        ...(authorDate && { GIT_AUTHOR_DATE: authorDate }),
      },
    );
    await this.push();
    return this.resolve('HEAD');
  }

  /** The commit that the remote branch points to. */
  async head(): Promise<string> {
    await this.fetch();
    return this.resolve(`refs/remotes/origin/${this.name}`);
  }

  /** Commits of the remote branch after the given one, oldest first. */
  async since(sha: string): Promise<Commit[]> {
    await this.fetch();
    const range = `${sha}..refs/remotes/origin/${this.name}`;
    const shas = (await this.git(['rev-list', '--reverse', range]))
      .split('\n')
      .filter(Boolean);
    return Promise.all(shas.map(one => this.describe(one)));
  }

  /** A file's content at a commit. */
  async show(sha: string, path: string): Promise<string> {
    return this.git(['show', `${sha}:${path}`]);
  }

  /** Removes the branch from the remote if it was pushed. */
  async remove(): Promise<void> {
    if (this.#pushed) {
      await this.git(['push', '--quiet', 'origin', `:refs/heads/${this.name}`]);
      this.#pushed = false;
    }
  }

  private async push(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Set before the push: it may succeed even if its response is lost.
        this.#pushed = true;
        await this.git([
          'push',
          '--quiet',
          'origin',
          `HEAD:refs/heads/${this.name}`,
        ]);
        return;
      } catch (error) {
        if (attempt === PUSHES) {
          throw error;
        }
        // The updater may have pushed first. If it didn't, the next push fails
        // again.
        await this.fetch().catch(() => {
          throw error;
        });
        await this.git(['rebase', '--quiet', `origin/${this.name}`]);
      }
    }
  }

  private async fetch(): Promise<void> {
    await this.git([
      'fetch',
      '--quiet',
      'origin',
      `+refs/heads/${this.name}:refs/remotes/origin/${this.name}`,
    ]);
  }

  private async describe(sha: string): Promise<Commit> {
    const format = '%an <%ae>%x00%cn <%ce>%x00%B';
    const [author, committer, message] = (
      await this.git(['log', '-1', `--format=${format}`, sha])
    ).split('\0');
    const files = (
      await this.git(['show', '--name-only', '--format=', '--root', sha])
    )
      .split('\n')
      .filter(Boolean);
    return { sha, author, committer, message, files };
  }

  private async resolve(ref: string): Promise<string> {
    return (await this.git(['rev-parse', ref])).trim();
  }

  private async git(
    args: string[],
    env: Record<string, string> = {},
  ): Promise<string> {
    try {
      return await runGit(this.folder, args, {
        config: {
          'user.name': 'Landfall conformance',
          'user.email': 'conformance@landfall.invalid',
          ...configOf(this.access),
        },
        env,
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`${this.access.url}: ${message}`, { cause: error });
    }
  }
}

/** Not passed on the command line, where the secret would be visible. */
function configOf(access: GitAccess): Record<string, string> {
  const { username = '', password, trust, caFile } = access;
  return {
    ...(password !== undefined && {
      'http.extraHeader': `Authorization: ${basicAuthorization({
        username,
        password,
      })}`,
    }),
    ...(caFile && { 'http.sslCAInfo': caFile }),
    ...(trust.insecure && { 'http.sslVerify': 'false' }),
  };
}
