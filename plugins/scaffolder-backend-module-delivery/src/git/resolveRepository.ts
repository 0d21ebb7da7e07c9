import type { ScmIntegrationRegistry } from '@backstage/integration';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';
import { checkedRepositoryUrl } from '@landfall/backstage-plugin-delivery-node';

/**
 * The clone URL of a repository, given by its URL or in the form of the
 * scaffolder's repository picker (`host?owner=shop&repo=api`).
 *
 * Throws an `InputError` for anything else, and for a host that isn't one of
 * `integrations`.
 */
export function resolveRepository(
  repoUrl: string,
  integrations: ScmIntegrationRegistry,
): string {
  return checkedRepositoryUrl(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(repoUrl)
      ? repoUrl
      : cloneUrl(repoUrl, integrations),
    integrations,
  );
}

function cloneUrl(
  repoUrl: string,
  integrations: ScmIntegrationRegistry,
): string {
  const { host, owner, organization, project, workspace, repo } = parseRepoUrl(
    repoUrl,
    integrations,
  );
  const integration = integrations.byHost(host);
  switch (integration?.type) {
    case 'azure':
      return `https://${host}/${organization}/${project}/_git/${repo}`;
    case 'bitbucketCloud':
      return `https://${host}/${workspace}/${repo}.git`;
    case 'bitbucketServer':
      return `${
        integrations.bitbucketServer
          .byHost(host)
          ?.config.apiBaseUrl.replace(/\/rest\/api\/.*$/, '') ??
        `https://${host}`
      }/scm/${project}/${repo}.git`;
    case 'gitea':
      return `${
        integrations.gitea.byHost(host)?.config.baseUrl ?? `https://${host}`
      }/${owner}/${repo}.git`;
    case 'gitlab':
      return `${
        integrations.gitlab.byHost(host)?.config.baseUrl ?? `https://${host}`
      }/${owner}/${repo}.git`;
    default:
      return `https://${host}/${owner}/${repo}.git`;
  }
}
