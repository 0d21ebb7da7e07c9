import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import git from 'isomorphic-git';
import fs from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../backoff';
import { GitCredentialsProvider } from './credentials';
import type { CommitFilesOptions, CommitFilesResult } from './commitOptions';
import {
  type CommitFound,
  type FindCommitOptions,
  searchCommit,
} from './findCommit';
import { marksOfClaim } from './folderClaims';
import { GitRemote, type RemoteState } from './GitRemote';
import { type GitLimits, readGitLimits } from './limits';
import { checkedPath } from './paths';
import { checkedRepositoryUrl } from './repositoryUrl';
import { removeFolders } from './removeFolders';
import { TreeFiles } from './RepositoryFiles';
import { changeTree, type GitFile } from './trees';

/** @public */
export interface InspectRepositoryOptions {
  /** Clone URL of the repository, on a host from `integrations`. */
  url: string;
  /** Used instead of the configured credentials. */
  token?: string;
  signal?: AbortSignal;
}

/** @public */
export interface RepositoryState {
  /**
   * `missing`: it doesn't exist, or the credentials may not see it. `empty`: it
   * has no branch and no tag yet. `filled`: it has at least one.
   */
  state: 'missing' | 'empty' | 'filled';
  /** The branch of its HEAD; absent if there is none yet. */
  defaultBranch?: string;
}

/** How many times to try a commit on a branch that keeps moving. */
const ATTEMPTS = 6;
const RETRY = { firstMs: 300, maxMs: 1200 };
const FIRST_BRANCH = 'main';

/**
 * Reads and writes Git repositories over HTTP, with the credentials from
 * Backstage's `integrations` and only on their hosts.
 *
 * There is no working copy. If the host supports partial clones, file contents
 * aren't fetched either.
 *
 * @public
 */
export class GitClient {
  readonly #integrations: ScmIntegrations;
  readonly #credentials: GitCredentialsProvider;
  readonly #limits: GitLimits;
  readonly #logger: LoggerService;
  readonly #random: () => number;

  static fromConfig(options: {
    config: RootConfigService;
    logger: LoggerService;
    random?: () => number;
  }): GitClient {
    return new GitClient(options);
  }

  private constructor(options: Parameters<typeof GitClient.fromConfig>[0]) {
    const { config } = options;
    this.#integrations = ScmIntegrations.fromConfig(config);
    this.#credentials = GitCredentialsProvider.fromConfig(config);
    this.#limits = readGitLimits(config);
    this.#logger = options.logger;
    this.#random = options.random ?? Math.random;
  }

  /**
   * Checks whether a repository exists and the credentials may see it, and
   * whether anything was pushed to it.
   *
   * Throws an `InputError` if the host isn't configured or refuses the
   * credentials, and a `ServiceUnavailableError` if it doesn't answer.
   */
  async inspect(options: InspectRepositoryOptions): Promise<RepositoryState> {
    const remote = await this.#connect(options);
    let found: RemoteState;
    try {
      found = await remote.describe();
    } catch (error) {
      if (error instanceof NotFoundError) {
        return { state: 'missing' };
      }
      throw error;
    }
    const { refs, defaultBranch } = found;
    return refs.size > 0
      ? { state: 'filled', defaultBranch }
      : { state: 'empty' };
  }

  /**
   * Commits files on top of a branch and pushes them; in an empty repository,
   * as the first commit; or removes folders. If someone else pushes first, it starts over from the
   * new head, so nothing of theirs is lost. Makes no commit if the branch
   * already has all changes.
   *
   * Throws an `InputError` for a path that leaves the repository or a host that
   * isn't configured, a `NotAllowedError` for a claimed folder that doesn't
   * belong to the entity, a `NotFoundError` for a missing repository or branch,
   * a `ConflictError` if the branch keeps moving, and a
   * `ServiceUnavailableError` if the host doesn't answer in time.
   */
  async commitFiles(options: CommitFilesOptions): Promise<CommitFilesResult> {
    const files = checkedFiles(options.files);
    const remote = await this.#connect(options);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      options.signal?.throwIfAborted();
      const gitdir = join(options.directory, String(attempt));
      const result = await this.#tryCommit(remote, gitdir, {
        ...options,
        files,
      });
      await rm(gitdir, { recursive: true, force: true });
      if (result) {
        return result;
      }
      this.#logger.info(
        `The branch moved while committing to ${options.url}. Retrying (${attempt} of ${ATTEMPTS})`,
      );
      const pauseMs = backoff(attempt, {
        ...RETRY,
        random: this.#random,
      });
      await sleep(pauseMs, undefined, { signal: options.signal });
    }
    throw new ConflictError(
      `Other pushes to ${options.url} came first ${ATTEMPTS} times in a row, so nothing was committed. Run it again.`,
    );
  }

  /**
   * Looks for a commit by a line of its message among the latest of a branch.
   *
   * Throws as `commitFiles` does, except for a missing branch.
   */
  async findCommit(options: FindCommitOptions): Promise<CommitFound> {
    return searchCommit(await this.#connect(options), options);
  }

  /** One attempt in a new folder; undefined if the branch moved meanwhile. */
  async #tryCommit(
    remote: GitRemote,
    gitdir: string,
    options: CommitFilesOptions,
  ): Promise<CommitFilesResult | undefined> {
    const { message, author, overwrite = true } = options;
    const found = await remote.describe();
    const base = chooseBranch(found, options);
    const branch = options.newBranch ?? base;
    const ref = `refs/heads/${branch}`;
    const existing = options.newBranch && found.refs.get(ref);
    if (existing) {
      return {
        revision: existing,
        branch,
        base,
        existed: true,
        changed: [],
        kept: [],
      };
    }
    const repository = { gitdir, cache: {} };
    await mkdir(gitdir, { recursive: true });
    await git.init({ fs, gitdir, bare: true, defaultBranch: branch });
    await git.addRemote({ fs, gitdir, remote: 'origin', url: options.url });
    if (options.newBranch) {
      // So that only what the base lacks is pushed: the rest may not be fetched.
      await git.writeRef({
        fs,
        gitdir,
        ref: 'refs/remotes/origin/HEAD',
        value: `refs/remotes/origin/${base}`,
        symbolic: true,
      });
    }
    const head =
      found.refs.size > 0
        ? await remote.fetch(repository, base, {
            omitBlobs: found.canOmitBlobs && !options.edit,
          })
        : undefined;
    const before = head
      ? (await git.readCommit({ fs, ...repository, oid: head })).commit.tree
      : undefined;
    const marks = options.claim
      ? await marksOfClaim(repository, before, options.claim, options.url)
      : [];
    const edited =
      head && options.edit
        ? await options.edit(new TreeFiles(repository, head))
        : [];
    const { tree: rest, removed } = options.remove
      ? await removeFolders(repository, before, options.remove, options.url)
      : { tree: before, removed: undefined };
    const { tree, changed, kept } = await changeTree(
      repository,
      rest,
      [...options.files, ...checkedFiles(edited), ...marks],
      { overwrite },
    );
    const result = {
      branch,
      ...(options.newBranch && { base }),
      changed,
      kept,
      ...(removed && { removed }),
    };
    if (!tree || tree === before || options.checkOnly) {
      return { revision: head ?? '', ...result };
    }
    const revision = await git.commit({
      fs,
      ...repository,
      message,
      author,
      tree,
      parent: head ? [head] : [],
      ref,
    });
    try {
      await remote.push(repository, branch);
    } catch (error) {
      options.signal?.throwIfAborted();
      const refs = await remote.refsAfterPush(branch);
      // Unless only the answer was lost.
      if (refs.get(ref) !== revision) {
        const hasMoved = [ref, `refs/heads/${base}`].some(
          one => refs.get(one) !== found.refs.get(one),
        );
        if (hasMoved) {
          return undefined;
        }
        throw error;
      }
    }
    return { revision, ...result };
  }

  async #connect(options: InspectRepositoryOptions): Promise<GitRemote> {
    const url = checkedRepositoryUrl(options.url, this.#integrations);
    return GitRemote.create({
      url,
      credentials: await this.#credentials.getCredentials(url, options.token),
      limits: this.#limits,
      signal: options.signal,
    });
  }
}

function checkedFiles(files: readonly GitFile[]): GitFile[] {
  return files.map(file => ({ ...file, path: checkedPath(file.path) }));
}

/** The branch to commit to; throws a `NotFoundError` if it doesn't exist. */
function chooseBranch(
  { refs, defaultBranch }: RemoteState,
  { url, branch }: CommitFilesOptions,
): string {
  if (refs.size === 0) {
    return branch ?? FIRST_BRANCH;
  }
  const chosen = branch ?? defaultBranch;
  if (!chosen) {
    throw new InputError(`${url} has no default branch. Set a branch`);
  }
  if (!refs.has(`refs/heads/${chosen}`)) {
    throw new NotFoundError(
      `${url} has no branch ${chosen}. Create it, or choose another one`,
    );
  }
  return chosen;
}
