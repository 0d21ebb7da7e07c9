import {
  type BitbucketCloudIntegrationConfig,
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  getBitbucketCloudOAuthToken,
  ScmIntegrations,
} from '@backstage/integration';
import type { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * HTTP basic auth for a Git host.
 *
 * @public
 */
export interface GitCredentials {
  username: string;
  password: string;
}

/**
 * Finds the credentials for a Git URL in Backstage's `integrations`, in the
 * form that each kind of host expects over HTTP.
 *
 * @public
 */
export class GitCredentialsProvider {
  readonly #integrations: ScmIntegrations;
  readonly #github: DefaultGithubCredentialsProvider;
  readonly #azure: DefaultAzureDevOpsCredentialsProvider;

  static fromConfig(config: RootConfigService): GitCredentialsProvider {
    return new GitCredentialsProvider(ScmIntegrations.fromConfig(config));
  }

  private constructor(integrations: ScmIntegrations) {
    this.#integrations = integrations;
    this.#github =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    this.#azure =
      DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
  }

  /**
   * @param url - URL of a repository
   * @param token - replaces the configured credentials, such as a user's own
   * token
   * @returns undefined if the URL's host isn't configured, even with a token
   */
  async getCredentials(
    url: string,
    token?: string,
  ): Promise<GitCredentials | undefined> {
    switch (this.#integrations.byUrl(url)?.type) {
      case 'github': {
        const password =
          token ?? (await this.#github.getCredentials({ url })).token;
        return password ? { username: 'x-access-token', password } : undefined;
      }
      case 'gitlab': {
        const password =
          token ?? this.#integrations.gitlab.byUrl(url)?.config.token;
        return password ? { username: 'oauth2', password } : undefined;
      }
      case 'gitea': {
        const { username, password } =
          this.#integrations.gitea.byUrl(url)?.config ?? {};
        return basic(username, token ?? password);
      }
      case 'bitbucketCloud': {
        const config = this.#integrations.bitbucketCloud.byUrl(url)?.config;
        return bitbucket(
          token,
          config && !token ? await bitbucketCloud(config) : {},
        );
      }
      case 'bitbucketServer': {
        const config = this.#integrations.bitbucketServer.byUrl(url)?.config;
        return bitbucket(token, config ?? {});
      }
      case 'azure': {
        const credentials = await this.#azure.getCredentials({ url });
        return basic('azure', token ?? credentials?.token);
      }
      case 'gerrit': {
        const { username, password } =
          this.#integrations.gerrit.byUrl(url)?.config ?? {};
        return basic(username, token ?? password);
      }
      default:
        // A token must not reach a host that nobody configured.
        return undefined;
    }
  }
}

/**
 * Which user goes with which secret:
 * https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/. Git takes a
 * fixed user with an API token, where the REST API takes the email address.
 */
async function bitbucketCloud(
  config: BitbucketCloudIntegrationConfig,
): Promise<{ username?: string; password?: string; token?: string }> {
  const { clientId, clientSecret, username, token, appPassword } = config;
  if (clientId && clientSecret) {
    return { token: await getBitbucketCloudOAuthToken(clientId, clientSecret) };
  }
  if (username && token) {
    return { username: 'x-bitbucket-api-token-auth', password: token };
  }
  return { username, password: appPassword, token };
}

/** A caller's token comes first: the caller must not act with the rights of the integration. */
function bitbucket(
  token: string | undefined,
  config: { username?: string; password?: string; token?: string },
): GitCredentials | undefined {
  const own = basic('x-token-auth', token);
  return (
    own ??
    basic(config.username, config.password) ??
    basic('x-token-auth', config.token)
  );
}

function basic(
  username: string | undefined,
  password: string | undefined,
): GitCredentials | undefined {
  return username && password ? { username, password } : undefined;
}
