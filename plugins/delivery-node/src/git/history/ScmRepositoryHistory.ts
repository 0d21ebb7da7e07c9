import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { WriteBranch } from '@landfall/backstage-plugin-delivery-common';
import { HistoryError } from './HistoryError';
import { HistoryHttp } from './HistoryHttp';
import type { HostedRepository } from './host';
import { findProposals, findRequestOf } from './requests/find';
import { safeCommit, safeRequest } from './safeTexts';
import { type ScmHost, ScmHosts } from './ScmHosts';
import { toWebUrl } from './webUrl';
import type {
  CommitsBetween,
  CommitsQuery,
  ConfigRepositoryHistory,
  HistoryUnavailable,
  ProposalsFound,
  RequestOfCommit,
} from './types';

/**
 * The history of repositories on the Git hosts of Backstage's `integrations`:
 * GitHub, GitLab, Gitea, Bitbucket Cloud and Bitbucket Server, by their APIs.
 * Nothing is cloned. Credentials only go to the API of their integration.
 *
 * @public
 */
export class ScmRepositoryHistory implements ConfigRepositoryHistory {
  static fromConfig(config: RootConfigService): ScmRepositoryHistory {
    return new ScmRepositoryHistory(
      ScmHosts.fromConfig(config),
      HistoryHttp.create(),
    );
  }

  private constructor(
    private readonly hosts: ScmHosts,
    private readonly http: HistoryHttp,
  ) {}

  covers(repoUrl: string): boolean {
    const url = toWebUrl(repoUrl);
    return url !== undefined && this.hosts.byUrl(url) !== undefined;
  }

  async commitsBetween(
    query: CommitsQuery,
    options: { signal?: AbortSignal } = {},
  ): Promise<CommitsBetween> {
    const answer = await this.ask(query.repoUrl, options, (host, repository) =>
      host.find(repository, query),
    );
    if (!answer) {
      return { kind: 'contained', reason: 'unsupported' };
    }
    return answer.kind === 'exact'
      ? { kind: 'exact', commits: answer.commits.map(safeCommit) }
      : answer;
  }

  async requestOf(
    query: { repoUrl: string; revision: string },
    options: { signal?: AbortSignal } = {},
  ): Promise<RequestOfCommit> {
    const answer = await this.ask(query.repoUrl, options, (host, repository) =>
      findRequestOf(host.requests, repository, query.revision),
    );
    if (!answer) {
      return { kind: 'unsupported' };
    }
    return answer.kind === 'found'
      ? { kind: 'found', request: safeRequest(answer.request) }
      : answer;
  }

  async proposalsOn(
    branches: WriteBranch,
    options: { signal?: AbortSignal } = {},
  ): Promise<ProposalsFound> {
    const answer = await this.ask(
      branches.repoUrl,
      options,
      (host, repository) => findProposals(host.requests, repository, branches),
    );
    if (!answer) {
      return { kind: 'unsupported' };
    }
    return answer.kind === 'found'
      ? {
          kind: 'found',
          proposals: answer.proposals.map(({ request, ...proposal }) => ({
            ...proposal,
            commit: safeCommit(proposal.commit),
            ...(request && { request: safeRequest(request) }),
          })),
        }
      : answer;
  }

  /** @returns undefined if no configured host has the repository */
  private async ask<T>(
    repoUrl: string,
    { signal }: { signal?: AbortSignal },
    find: (host: ScmHost, repository: HostedRepository) => Promise<T>,
  ): Promise<T | HistoryUnavailable | undefined> {
    const url = toWebUrl(repoUrl);
    const host = url && this.hosts.byUrl(url);
    if (!host) {
      return undefined;
    }
    const { apiUrl, webUrl = '' } = host;
    try {
      return await find(host, {
        http: this.http,
        apiUrl,
        headers: await host.headers(),
        path: repositoryPath(url, webUrl),
        signal,
      });
    } catch (error) {
      signal?.throwIfAborted();
      return toUnavailable(error, url.host);
    }
  }
}

/** The parts of a repository's path below the host's pages. */
function repositoryPath(url: URL, webUrl: string): string[] {
  const root = URL.canParse(webUrl)
    ? new URL(webUrl).pathname.replace(/\/$/, '')
    : '';
  const path = url.pathname.startsWith(`${root}/`)
    ? url.pathname.slice(root.length)
    : url.pathname;
  // Bitbucket Server serves Git below /scm.
  return path
    .replace(/^\/scm\//, '/')
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter(part => part !== '')
    .map(decodeURIComponent);
}

function toUnavailable(error: unknown, host: string): HistoryUnavailable {
  if (!(error instanceof HistoryError)) {
    return {
      kind: 'unavailable',
      reason: 'unexpected',
      message: `The history on ${host} can't be read: ${error}`,
    };
  }
  const { reason, message, retryAtMs } = error;
  return {
    kind: 'unavailable',
    reason,
    message,
    ...(retryAtMs !== undefined && {
      retryAt: new Date(retryAtMs).toISOString(),
    }),
  };
}
