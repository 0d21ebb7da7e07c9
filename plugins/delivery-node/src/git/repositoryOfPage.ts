import type { ScmIntegrationRegistry } from '@backstage/integration';

/** What follows the repository in the URL of a file or folder on GitLab. */
const GITLAB_VIEW = /\/(?:-\/)?(?:blob|edit|raw|tree)\//;
const BITBUCKET_SERVER = /^(.*)\/projects\/([^/]+)\/repos\/([^/]+)(?:\/|$)/;

/**
 * The repository of a file or folder, by the URL that Backstage's catalog knows it by.
 *
 * @param url - such as `https://github.com/shop/api/blob/main/catalog-info.yaml`
 * @returns its clone URL; undefined if no GitHub, GitLab, Gitea or Bitbucket of
 * `integrations` has it
 *
 * @public
 */
export function repositoryOfPage(
  url: string,
  integrations: ScmIntegrationRegistry,
): string | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { origin, pathname } = new URL(url);
  switch (integrations.byUrl(url)?.type) {
    case 'github':
    case 'bitbucketCloud':
      return ownedBy(origin, '', pathname);
    case 'gitea':
      return ownedBy(
        origin,
        pathOf(integrations.gitea.byUrl(url)?.config.baseUrl),
        pathname,
      );
    case 'gitlab': {
      const [project] = pathname.split(GITLAB_VIEW);
      return project === pathname ? undefined : `${origin}${project}`;
    }
    case 'bitbucketServer': {
      const [, root, project, name] = BITBUCKET_SERVER.exec(pathname) ?? [];
      return name && `${origin}${root}/scm/${project}/${name}`;
    }
    default:
      return undefined;
  }
}

/** For hosts whose repositories all have an owner and a name. */
function ownedBy(
  origin: string,
  root: string,
  pathname: string,
): string | undefined {
  if (!pathname.startsWith(`${root}/`)) {
    return undefined;
  }
  const [owner, name] = pathname.slice(root.length + 1).split('/');
  return owner && name
    ? `${origin}${root}/${owner}/${name.replace(/\.git$/, '')}`
    : undefined;
}

function pathOf(baseUrl: string | undefined): string {
  return baseUrl && URL.canParse(baseUrl)
    ? new URL(baseUrl).pathname.replace(/\/$/, '')
    : '';
}
