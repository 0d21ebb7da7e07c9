import {
  ForwardedError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { MergeRequest } from '@landfall/backstage-plugin-delivery-common';
import { withoutUserInfo } from '../../userInfo';
import { HistoryError } from './HistoryError';
import { HistoryHttp } from './HistoryHttp';
import type { HostedRepository } from './host';
import { hostedRepository } from './hostedRepository';
import type { BranchRequest, HostRequests } from './requests/types';
import { safeRequest } from './safeTexts';
import { ScmHosts } from './ScmHosts';

/**
 * A merge request to open: from a branch of a repository into another one of it.
 *
 * @public
 */
export interface OpenRequestOptions {
  /** On a host from `integrations`. */
  repoUrl: string;
  branch: string;
  base: string;
  title: string;
  /** Markdown. */
  description: string;
}

/**
 * A merge request from a branch.
 *
 * @public
 */
export interface FoundRequest extends MergeRequest {
  /**
   * Whether reviewers have approved it; only of an open one, and undefined if the host
   * doesn't tell.
   */
  approved?: boolean;
}

/**
 * How a request is sent.
 *
 * @public
 */
export interface SendRequestOptions {
  /** A user's own token, used instead of the configured credentials. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * Opens merge requests on the Git hosts of Backstage's `integrations`, and finds
 * them again: GitHub, GitLab, Gitea, Bitbucket Cloud and Bitbucket Server.
 *
 * @public
 */
export class ScmRequests {
  static fromConfig(config: RootConfigService): ScmRequests {
    return new ScmRequests(ScmHosts.fromConfig(config), HistoryHttp.create());
  }

  private constructor(
    private readonly hosts: ScmHosts,
    private readonly http: HistoryHttp,
  ) {}

  /** Whether requests can be opened in a repository. */
  covers(repoUrl: string): boolean {
    return hostedRepository(this.hosts, repoUrl) !== undefined;
  }

  /**
   * The latest request from a branch into another, in any state.
   *
   * Throws as `open` does.
   */
  async find(
    request: Pick<OpenRequestOptions, 'repoUrl' | 'branch' | 'base'>,
    options: SendRequestOptions = {},
  ): Promise<FoundRequest | undefined> {
    return this.#ask(request.repoUrl, options, async (host, repository) => {
      const found = await host.ofBranch(repository, request);
      if (!found || found.isFork) {
        return undefined;
      }
      const approved =
        found.state === 'open'
          ? await readApproval(host, repository, found.number)
          : undefined;
      return {
        ...toMergeRequest(found),
        ...(approved !== undefined && { approved }),
      };
    });
  }

  /**
   * Opens a request, or returns the one that there is from the branch already, so
   * that it can be called again after a lost answer.
   *
   * Throws an `InputError` if the host isn't configured or refuses, and a
   * `ServiceUnavailableError` if it doesn't answer. The message names the branch, which
   * was pushed before and is left there.
   */
  async open(
    request: OpenRequestOptions,
    options: SendRequestOptions = {},
  ): Promise<MergeRequest> {
    const opened = await this.#ask(
      request.repoUrl,
      { ...options, explain: error => withLeftBranch(error, request) },
      async (host, repository) => {
        const found = await host.ofBranch(repository, request);
        // A fork may have a branch of the same name.
        if (found && !found.isFork) {
          return found;
        }
        try {
          return await host.open(repository, request);
        } catch (error) {
          // Somebody else may have opened it since.
          const other = await host.ofBranch(repository, request);
          if (other?.state === 'open' && !other.isFork) {
            return other;
          }
          throw error;
        }
      },
    );
    return toMergeRequest(opened);
  }

  async #ask<T>(
    repoUrl: string,
    {
      token,
      signal,
      explain = explained,
    }: SendRequestOptions & { explain?: (error: unknown) => unknown },
    ask: (requests: HostRequests, repository: HostedRepository) => Promise<T>,
  ): Promise<T> {
    const found = hostedRepository(this.hosts, repoUrl);
    if (!found) {
      throw explain(
        new InputError(
          "Merge requests can't be opened on the repository's Git host. Add the host under integrations in the configuration, or commit instead",
        ),
      );
    }
    const { host, path } = found;
    try {
      return await ask(host.requests, {
        http: this.http,
        apiUrl: host.apiUrl,
        headers: token
          ? { authorization: `Bearer ${token}` }
          : await host.headers(),
        path,
        signal,
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw explain(error);
    }
  }
}

/** Undefined if the credentials may not see reviews, or the host has none. */
async function readApproval(
  host: HostRequests,
  repository: HostedRepository,
  number: number,
): Promise<boolean | undefined> {
  try {
    return await host.approved(repository, number);
  } catch (error) {
    if (
      error instanceof HistoryError &&
      ['not-found', 'unauthorized', 'unexpected'].includes(error.reason)
    ) {
      return undefined;
    }
    throw error;
  }
}

function toMergeRequest({
  branch: _branch,
  base: _base,
  isFork: _isFork,
  ...request
}: BranchRequest): MergeRequest {
  return safeRequest(request);
}

function explained(error: unknown): unknown {
  if (!(error instanceof HistoryError)) {
    return error;
  }
  const { message } = error;
  return isUnanswered(error)
    ? new ServiceUnavailableError(`${message}. Try again later`, error)
    : new InputError(message, error);
}

/** Somebody has to find the branch that has no request. */
function withLeftBranch(
  error: unknown,
  { repoUrl, branch, base }: OpenRequestOptions,
): unknown {
  const place = `The branch ${branch} of ${withoutUserInfo(repoUrl)}`;
  const left = `${place} is there without a merge request into ${base}. Open one for it, or delete it and try again`;
  if (isUnanswered(error)) {
    return new ServiceUnavailableError(
      `${error.message}. ${place} is there, and perhaps a merge request into ${base}. Look there before you try again`,
      error,
    );
  }
  return error instanceof HistoryError || error instanceof InputError
    ? new InputError(`${error.message}. ${left}`, error)
    : new ForwardedError(left, error);
}

function isUnanswered(error: unknown): error is HistoryError {
  return (
    error instanceof HistoryError &&
    (error.reason === 'unreachable' || error.reason === 'rate-limited')
  );
}
