import { ServiceUnavailableError } from '@backstage/errors';
import git, { type GitAuth, type HttpClient } from 'isomorphic-git';
import fs from 'node:fs';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { unlessAborted } from '../abort';
import type { GitCredentials } from './credentials';
import { explainGitError } from './errors';
import { GitHttp } from './GitHttp';
import type { GitLimits } from './limits';
import { withoutBlobs } from './partialClone';

/** The state and capabilities of a remote repository. */
export interface RemoteState {
  /** Commits by the full name of their ref, such as `refs/heads/main`. */
  refs: ReadonlyMap<string, string>;
  /** The branch of HEAD; undefined if there is none yet. */
  defaultBranch: string | undefined;
  /** True if a branch can be fetched without the contents of its files. */
  canOmitBlobs: boolean;
}

/** A bare repository in a folder, with isomorphic-git's cache for it. */
export interface LocalRepository {
  gitdir: string;
  cache: object;
}

const HEADS = 'refs/heads/';

/**
 * One repository of a Git host. Every call has a time limit and ends as soon as
 * the signal aborts. Errors state what to do.
 */
export class GitRemote {
  readonly #url: string;
  readonly #credentials: GitCredentials | undefined;
  readonly #limits: GitLimits;
  readonly #signal: AbortSignal | undefined;

  /** @param options.url - a checked clone URL */
  static create(options: {
    url: string;
    credentials: GitCredentials | undefined;
    limits: GitLimits;
    signal: AbortSignal | undefined;
  }): GitRemote {
    return new GitRemote(options);
  }

  private constructor(options: Parameters<typeof GitRemote.create>[0]) {
    this.#url = options.url;
    this.#credentials = options.credentials;
    this.#limits = options.limits;
    this.#signal = options.signal;
  }

  /** Reads its refs and the host's capabilities. */
  async describe(): Promise<RemoteState> {
    const { refs = [], capabilities } = await this.#run(
      'list its branches',
      http =>
        git.getRemoteInfo2({
          http,
          url: this.#url,
          // Version 1 lists refs and capabilities in one answer.
          protocolVersion: 1,
          ...this.#auth(),
        }),
    );
    const head = refs.find(({ ref }) => ref === 'HEAD');
    // Some hosts, such as AWS CodeCommit, don't report the branch of HEAD.
    const branch =
      head?.target ??
      refs.find(({ ref, oid }) => ref.startsWith(HEADS) && oid === head?.oid)
        ?.ref;
    return {
      refs: new Map(refs.map(({ ref, oid }) => [ref, oid])),
      defaultBranch: branch?.startsWith(HEADS)
        ? branch.slice(HEADS.length)
        : undefined,
      canOmitBlobs: 'filter' in capabilities,
    };
  }

  /** Fetches the latest commits of a branch and returns the id of its head. */
  async fetch(
    { gitdir, cache }: LocalRepository,
    branch: string,
    options: { omitBlobs: boolean; depth?: number },
  ): Promise<string | undefined> {
    const { fetchHead } = await this.#run(
      `fetch its branch ${branch}`,
      http =>
        git.fetch({
          fs,
          http,
          gitdir,
          cache,
          url: this.#url,
          ref: branch,
          remoteRef: HEADS + branch,
          singleBranch: true,
          depth: options.depth ?? 1,
          tags: false,
          // Called after every hundredth of the objects. They are parsed in
          // this process, so other work gets its turn in between.
          onProgress: () => yieldToEventLoop(),
          ...this.#auth(),
        }),
      options.omitBlobs ? withoutBlobs : undefined,
    );
    return fetchHead ?? undefined;
  }

  /** Pushes a branch of the local repository, never with force. */
  async push(
    { gitdir, cache }: LocalRepository,
    branch: string,
  ): Promise<void> {
    await this.#run(`push to its branch ${branch}`, http =>
      git.push({
        fs,
        http,
        gitdir,
        cache,
        url: this.#url,
        ref: branch,
        remoteRef: HEADS + branch,
        ...this.#auth(),
      }),
    );
  }

  /**
   * The refs after a push whose answer isn't a success. Throws a
   * `ServiceUnavailableError` if nobody knows them.
   */
  async refsAfterPush(branch: string): Promise<RemoteState['refs']> {
    try {
      return (await this.describe()).refs;
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `${
          this.#url
        } stopped answering, so nobody knows whether it took the push to the branch ${branch}`,
        error,
      );
    }
  }

  async #run<T>(
    what: string,
    call: (http: HttpClient) => Promise<T>,
    rewrite?: (body: Buffer) => Buffer,
  ): Promise<T> {
    const { totalMs } = this.#limits;
    const timeout = AbortSignal.timeout(totalMs);
    const signal = this.#signal
      ? AbortSignal.any([this.#signal, timeout])
      : timeout;
    const http = GitHttp.create({ limits: this.#limits, signal, rewrite });
    try {
      const result = await unlessAborted(signal, () => call(http));
      // isomorphic-git might not notice a truncated answer.
      if (http.failure !== undefined) {
        throw http.failure;
      }
      return result;
    } catch (error) {
      this.#signal?.throwIfAborted();
      if (timeout.aborted) {
        throw new ServiceUnavailableError(
          `${this.#url} took longer than ${
            totalMs / 1000
          } s to ${what}. Try again later, or raise delivery.git.timeout in the configuration.`,
          error,
        );
      }
      throw http.failure ?? explainGitError(error, this.#url);
    } finally {
      http.close();
    }
  }

  #auth() {
    const credentials = this.#credentials;
    return {
      onAuth: (): GitAuth => credentials ?? { cancel: true },
      // Called when the host refuses the credentials: a retry would loop.
      onAuthFailure: (): GitAuth => ({ cancel: true }),
    };
  }
}
