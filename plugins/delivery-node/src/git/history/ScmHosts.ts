import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  getBitbucketCloudRequestOptions,
  getBitbucketServerRequestOptions,
  getGitLabRequestOptions,
  type GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { bitbucketCloudHistory } from './bitbucketCloud';
import { bitbucketServerHistory } from './bitbucketServer';
import { giteaHistory } from './gitea';
import { githubHistory } from './github';
import { gitlabHistory } from './gitlab';
import type { HostHistory } from './host';
import { bitbucketCloudRequests } from './requests/bitbucketCloud';
import { bitbucketServerRequests } from './requests/bitbucketServer';
import { giteaRequests } from './requests/gitea';
import { githubRequests } from './requests/github';
import { gitlabRequests } from './requests/gitlab';
import type { HostRequests } from './requests/types';

/** How a Git host is asked. */
export interface ScmHost {
  find: HostHistory;
  requests: HostRequests;
  /** From the integration, never from the repository's URL. */
  apiUrl: string;
  /** The path of the host's pages, if it isn't the root. */
  webUrl?: string;
  headers(): Promise<Record<string, string>>;
}

/** The Git hosts of Backstage's `integrations`. */
export class ScmHosts {
  static fromConfig(config: RootConfigService): ScmHosts {
    const integrations = ScmIntegrations.fromConfig(config);
    return new ScmHosts(
      integrations,
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    );
  }

  private constructor(
    private readonly integrations: ScmIntegrations,
    private readonly github: GithubCredentialsProvider,
  ) {}

  /** The host of a repository; undefined without an integration. */
  byUrl(url: URL): ScmHost | undefined {
    const { integrations } = this;
    switch (integrations.byUrl(url)?.type) {
      case 'github': {
        const config = integrations.github.byUrl(url)?.config;
        return config?.apiBaseUrl
          ? {
              find: githubHistory,
              requests: githubRequests,
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
            requests: gitlabRequests,
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
            requests: giteaRequests,
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
            requests: bitbucketCloudRequests,
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
            requests: bitbucketServerRequests,
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
