import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';

/**
 * The clone URL of a repository that is named by its URL, or in the form of the
 * scaffolder's repository picker (`host?owner=shop&repo=api`).
 *
 * Throws an `InputError` for anything else, and for a host without integration.
 */
export function resolveRepository(
  repoUrl: string,
  integrations: ScmIntegrationRegistry,
): string {
  if (/^https?:\/\//.test(repoUrl)) {
    if (!URL.canParse(repoUrl)) {
      throw new InputError(`${repoUrl} is not a URL`);
    }
    const url = new URL(repoUrl);
    if (url.username || url.password) {
      throw new InputError(
        'A repository URL must not hold credentials: put them under integrations in the configuration',
      );
    }
    return repoUrl;
  }
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
      return `https://${host}/scm/${project}/${repo}.git`;
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
