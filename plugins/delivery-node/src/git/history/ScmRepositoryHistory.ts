import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { WriteBranch } from '@landfall/backstage-plugin-delivery-common';
import { HistoryError } from './HistoryError';
import { HistoryHttp } from './HistoryHttp';
import type { HostedRepository } from './host';
import { hostedRepository } from './hostedRepository';
import { findProposals, findRequestOf } from './requests/find';
import { safeCommit, safeRequest } from './safeTexts';
import { type ScmHost, ScmHosts } from './ScmHosts';
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
    return hostedRepository(this.hosts, repoUrl) !== undefined;
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
    const found = hostedRepository(this.hosts, repoUrl);
    if (!found) {
      return undefined;
    }
    const { host, url, path } = found;
    try {
      return await find(host, {
        http: this.http,
        apiUrl: host.apiUrl,
        headers: await host.headers(),
        path,
        signal,
      });
    } catch (error) {
      signal?.throwIfAborted();
      return toUnavailable(error, url.host);
    }
  }
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
