import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';

/** The kinds of `integrations` that are Git hosts, not storage such as S3. */
const GIT_HOSTS = [
  'azure',
  'bitbucketCloud',
  'bitbucketServer',
  'gerrit',
  'gitea',
  'github',
  'gitlab',
];

/**
 * Checks that a clone URL points to a Git host from `integrations`, and returns
 * it normalized. Without this check, a form value could make the backend send
 * requests to any address that it can reach.
 *
 * Plain http is only accepted if the integration itself is configured with it,
 * because credentials are sent to the URL.
 *
 * @throws InputError that names the broken rule
 *
 * @public
 */
export function checkedRepositoryUrl(
  repoUrl: string,
  integrations: ScmIntegrationRegistry,
): string {
  const url = URL.canParse(repoUrl) ? new URL(repoUrl) : undefined;
  if (url?.username || url?.password) {
    throw new InputError(
      'A repository URL must not contain credentials. Put them under integrations in the configuration',
    );
  }
  if (!url?.host || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      `${
        // The text before an @ may be a password.
        repoUrl.includes('@') ? 'This' : JSON.stringify(repoUrl)
      } isn't the URL of a Git repository. Write it as https://<host>/<path>`,
    );
  }
  if (url.search || url.hash || url.pathname === '/') {
    throw new InputError(
      `${url.origin}${url.pathname} must be the clone URL of a repository, without a query or fragment`,
    );
  }
  const type = integrations.byUrl(url)?.type;
  if (!type || !GIT_HOSTS.includes(type)) {
    throw new InputError(
      `${url.host} isn't a configured Git host. Add it under integrations in the configuration, such as integrations.gitea`,
    );
  }
  if (url.protocol === 'http:' && !isPlainHttp(url, type, integrations)) {
    throw new InputError(
      `Use https for ${url.host}: plain http requires a base URL with http under integrations.${type} in the configuration`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** True if the integration's own base URL starts with `http:`. */
function isPlainHttp(
  url: URL,
  type: string,
  integrations: ScmIntegrationRegistry,
): boolean {
  const addresses: Record<string, string | undefined> = {
    bitbucketServer: integrations.bitbucketServer.byUrl(url)?.config.apiBaseUrl,
    gerrit: integrations.gerrit.byUrl(url)?.config.baseUrl,
    gitea: integrations.gitea.byUrl(url)?.config.baseUrl,
    github: integrations.github.byUrl(url)?.config.apiBaseUrl,
    gitlab: integrations.gitlab.byUrl(url)?.config.baseUrl,
  };
  return addresses[type]?.startsWith('http:') ?? false;
}
