import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import git, { Errors, type GitAuth } from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import fs from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GitCredentialsProvider } from './credentials';
import { checkedPath, checkInside } from './paths';

/**
 * A file to be committed.
 *
 * @public
 */
export interface GitFile {
  /** Relative to the repository's root, with forward slashes. */
  path: string;
  content: Buffer;
}

/** @public */
export interface CommitFilesOptions {
  /** Clone URL of the repository. */
  url: string;
  /** Default: the repository's own default branch. */
  branch?: string;
  files: GitFile[];
  /** False: files that exist in the repository stay as they are. Default true. */
  overwrite?: boolean;
  message: string;
  author: { name: string; email: string };
  /** Used instead of the configured credentials. */
  token?: string;
  /** An empty folder for the clone; the caller removes it. */
  directory: string;
  signal?: AbortSignal;
}

/** @public */
export interface CommitFilesResult {
  /** The commit that was made; the branch's head, when nothing had to change. */
  revision: string;
  branch: string;
  /** Paths that were added or changed; empty: no commit was made. */
  changed: string[];
  /** Paths that exist with another content and were kept, because of `overwrite: false`. */
  kept: string[];
}

/** How often a commit is tried on a branch that keeps moving. */
const ATTEMPTS = 6;

/**
 * Reads and writes Git repositories over HTTP, with the credentials of
 * Backstage's `integrations`.
 *
 * @public
 */
export class GitClient {
  readonly #credentials: GitCredentialsProvider;
  readonly #logger: LoggerService;
  readonly #random: () => number;

  static fromConfig(options: {
    config: RootConfigService;
    logger: LoggerService;
    random?: () => number;
  }): GitClient {
    return new GitClient(
      GitCredentialsProvider.fromConfig(options.config),
      options.logger,
      options.random ?? Math.random,
    );
  }

  private constructor(
    credentials: GitCredentialsProvider,
    logger: LoggerService,
    random: () => number,
  ) {
    this.#credentials = credentials;
    this.#logger = logger;
    this.#random = random;
  }

  /**
   * Whether a repository exists, as far as the credentials may see it, and the
   * branch that its HEAD names (absent for an empty repository).
   */
  async inspect(
    url: string,
    token?: string,
  ): Promise<{ exists: boolean; defaultBranch?: string }> {
    try {
      const refs = await git.listServerRefs({
        http,
        url,
        symrefs: true,
        ...(await this.#auth(url, token)),
      });
      const head = refs.find(({ ref }) => ref === 'HEAD')?.target;
      return { exists: true, defaultBranch: head?.replace('refs/heads/', '') };
    } catch (error) {
      if (error instanceof Errors.HttpError && error.data.statusCode === 404) {
        return { exists: false };
      }
      throw explain(error, url);
    }
  }

  /**
   * Commits files on top of a branch and pushes them. When someone else's push
   * was quicker, it starts again from the new head, so nothing of theirs is lost.
   * Makes no commit when the branch has all of it already.
   *
   * Throws an `InputError` for a path that leaves the repository, a
   * `NotFoundError` for a missing repository or branch, and a `ConflictError`
   * when the branch keeps moving.
   */
  async commitFiles(options: CommitFilesOptions): Promise<CommitFilesResult> {
    const files = options.files.map(file => ({
      ...file,
      path: checkedPath(file.path),
    }));
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      options.signal?.throwIfAborted();
      const dir = join(options.directory, String(attempt));
      const result = await this.#tryCommit(dir, { ...options, files });
      await rm(dir, { recursive: true, force: true });
      if (result) {
        return result;
      }
      this.#logger.info(
        `The branch moved while committing to ${options.url}, trying again (${attempt} of ${ATTEMPTS})`,
      );
      // Those who collided must not meet again at the same moment.
      const delay = 200 * attempt * (0.5 + this.#random());
      await new Promise(resolve => setTimeout(resolve, delay));
    }
    throw new ConflictError(
      `Other pushes to ${options.url} were quicker ${ATTEMPTS} times in a row; nothing was committed. Run it again.`,
    );
  }

  /** One attempt on a fresh clone; undefined if the branch moved meanwhile. */
  async #tryCommit(
    dir: string,
    options: CommitFilesOptions,
  ): Promise<CommitFilesResult | undefined> {
    const { url, author, message, files } = options;
    const auth = await this.#auth(url, options.token);
    const branch = await this.#clone(dir, options);
    const head = await git.resolveRef({ fs, dir, ref: 'HEAD' });

    const changed: string[] = [];
    const kept: string[] = [];
    for (const { path, content } of files) {
      const target = join(dir, path);
      const before = await readFile(target).catch(() => undefined);
      if (before?.equals(content)) {
        continue;
      }
      if (before && options.overwrite === false) {
        kept.push(path);
        continue;
      }
      await mkdir(dirname(target), { recursive: true });
      await checkInside(dir, target, path);
      await writeFile(target, content);
      await git.add({ fs, dir, filepath: path });
      changed.push(path);
    }
    if (changed.length === 0) {
      return { revision: head, branch, changed, kept };
    }
    const revision = await git.commit({ fs, dir, message, author });
    options.signal?.throwIfAborted();
    try {
      await git.push({ fs, http, dir, remote: 'origin', ref: branch, ...auth });
    } catch (error) {
      if (await this.#hasMoved(url, branch, head, options.token)) {
        return undefined;
      }
      throw explain(error, url);
    }
    return { revision, branch, changed, kept };
  }

  async #clone(dir: string, options: CommitFilesOptions): Promise<string> {
    const { url, branch, token } = options;
    try {
      await git.clone({
        fs,
        http,
        dir,
        url,
        ref: branch,
        singleBranch: true,
        depth: 1,
        noTags: true,
        ...(await this.#auth(url, token)),
      });
    } catch (error) {
      if (branch && error instanceof Errors.NotFoundError) {
        throw new NotFoundError(
          `${url} has no branch ${branch}: create it, or name another one`,
        );
      }
      throw explain(error, url);
    }
    const current = branch ?? (await git.currentBranch({ fs, dir }));
    if (!current) {
      throw new NotFoundError(
        `${url} has no branch yet: push a first commit to it`,
      );
    }
    return current;
  }

  async #hasMoved(
    url: string,
    branch: string,
    head: string,
    token: string | undefined,
  ): Promise<boolean> {
    const refs = await git.listServerRefs({
      http,
      url,
      prefix: `refs/heads/${branch}`,
      ...(await this.#auth(url, token)),
    });
    const now = refs.find(({ ref }) => ref === `refs/heads/${branch}`)?.oid;
    return now !== head;
  }

  async #auth(url: string, token: string | undefined) {
    const credentials = await this.#credentials.getCredentials(url, token);
    return {
      onAuth: (): GitAuth => credentials ?? { cancel: true },
      // Called when the host refused them: asking again would loop.
      onAuthFailure: (): GitAuth => ({ cancel: true }),
    };
  }
}

/** Says in words what the Git host answered. */
function explain(error: unknown, url: string): unknown {
  if (error instanceof Errors.UserCanceledError) {
    return new InputError(
      `The Git host of ${url} wants other credentials: check those under integrations in the configuration`,
      error,
    );
  }
  if (error instanceof Errors.HttpError && error.data.statusCode === 404) {
    return new NotFoundError(
      `There is no repository ${url}, or the configured credentials may not see it`,
      error,
    );
  }
  return error;
}
