import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  getBitbucketCloudRequestOptions,
  getBitbucketServerRequestOptions,
  getGitLabRequestOptions,
  type GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { withoutUserInfo } from '../../userInfo';
import { bitbucketCloudHistory } from './bitbucketCloud';
import { bitbucketServerHistory } from './bitbucketServer';
import { giteaHistory } from './gitea';
import { githubHistory } from './github';
import { gitlabHistory } from './gitlab';
import { HistoryError } from './HistoryError';
import { HistoryHttp } from './HistoryHttp';
import type { HostHistory } from './host';
import { toWebUrl } from './webUrl';
import type {
  CommitsBetween,
  CommitsQuery,
  ConfigRepositoryHistory,
} from './types';

/** How the repository's host is asked. */
interface Host {
  find: HostHistory;
  /** From the integration, never from the repository's URL. */
  apiUrl: string;
  /** The path of the host's pages, if it isn't the root. */
  webUrl?: string;
  headers(): Promise<Record<string, string>>;
}

/**
 * The history of repositories on the Git hosts of Backstage's `integrations`:
 * GitHub, GitLab, Gitea, Bitbucket Cloud and Bitbucket Server, by their APIs.
 * Nothing is cloned. Credentials only go to the API of their integration.
 *
 * @public
 */
export class ScmRepositoryHistory implements ConfigRepositoryHistory {
  static fromConfig(config: RootConfigService): ScmRepositoryHistory {
    const integrations = ScmIntegrations.fromConfig(config);
    return new ScmRepositoryHistory(
      integrations,
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      HistoryHttp.create(),
    );
  }

  private constructor(
    private readonly integrations: ScmIntegrations,
    private readonly github: GithubCredentialsProvider,
    private readonly http: HistoryHttp,
  ) {}

  covers(repoUrl: string): boolean {
    const url = toWebUrl(repoUrl);
    return url !== undefined && this.hostOf(url) !== undefined;
  }

  async commitsBetween(
    query: CommitsQuery,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<CommitsBetween> {
    const url = toWebUrl(query.repoUrl);
    const host = url && this.hostOf(url);
    if (!host) {
      return { kind: 'contained', reason: 'unsupported' };
    }
    const { find, apiUrl, webUrl = '' } = host;
    try {
      const found = await find(
        {
          http: this.http,
          apiUrl,
          headers: await host.headers(),
          path: repositoryPath(url, webUrl),
          signal,
        },
        query,
      );
      return withoutSecrets(found);
    } catch (error) {
      signal?.throwIfAborted();
      return toUnavailable(error, url.host);
    }
  }

  private hostOf(url: URL): Host | undefined {
    const { integrations } = this;
    switch (integrations.byUrl(url)?.type) {
      case 'github': {
        const config = integrations.github.byUrl(url)?.config;
        return config?.apiBaseUrl
          ? {
              find: githubHistory,
              apiUrl: config.apiBaseUrl,
              headers: async () =>
                (await this.github.getCredentials({ url: url.href })).headers ??
                {},
            }
          : undefined;
      }
      case 'gitlab': {
        const config = integrations.gitlab.byUrl(url)?.config;
        return (
          config && {
            find: gitlabHistory,
            apiUrl: config.apiBaseUrl,
            webUrl: config.baseUrl,
            headers: async () => getGitLabRequestOptions(config).headers,
          }
        );
      }
      case 'gitea': {
        const config = integrations.gitea.byUrl(url)?.config;
        const baseUrl = config?.baseUrl ?? `https://${config?.host}`;
        return (
          config && {
            find: giteaHistory,
            apiUrl: baseUrl,
            webUrl: baseUrl,
            headers: async () => giteaHeaders(config),
          }
        );
      }
      case 'bitbucketCloud': {
        const config = integrations.bitbucketCloud.byUrl(url)?.config;
        return (
          config && {
            find: bitbucketCloudHistory,
            apiUrl: config.apiBaseUrl,
            headers: async () =>
              (await getBitbucketCloudRequestOptions(config)).headers,
          }
        );
      }
      case 'bitbucketServer': {
        const config = integrations.bitbucketServer.byUrl(url)?.config;
        return (
          config && {
            find: bitbucketServerHistory,
            apiUrl: config.apiBaseUrl,
            webUrl: config.apiBaseUrl.replace(/\/rest\/api\/[^/]+\/?$/, ''),
            headers: async () =>
              getBitbucketServerRequestOptions(config).headers,
          }
        );
      }
      default:
        return undefined;
    }
  }
}

/** Without a password, the repository may still be public. */
function giteaHeaders({
  username,
  password,
}: {
  username?: string;
  password?: string;
}): Record<string, string> {
  if (!password) {
    return {};
  }
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  return { authorization: username ? `Basic ${basic}` : `token ${password}` };
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

/** Messages of commits may quote URLs with credentials. */
function withoutSecrets(found: CommitsBetween): CommitsBetween {
  return found.kind === 'exact'
    ? {
        kind: 'exact',
        commits: found.commits.map(commit => ({
          ...commit,
          author: withoutUserInfo(commit.author),
          message: withoutUserInfo(commit.message),
        })),
      }
    : found;
}

function toUnavailable(error: unknown, host: string): CommitsBetween {
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
