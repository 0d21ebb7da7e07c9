import { ANNOTATION_LOCATION, type Entity } from '@backstage/catalog-model';
import { parseLocationRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';

/** A file in a repository. */
export interface FileLocation {
  /** The page or raw URL that the catalog reads. */
  url: string;
  /** Clone URL. */
  repoUrl: string;
  branch: string;
  /** In the repository. */
  path: string;
}

/** By kind of host, how a page of a file is written: repository, branch and path. */
const PAGES: Record<string, RegExp> = {
  github: /^(.+?)\/(?:blob|tree|edit)\/([^/]+)\/(.+)$/,
  gitlab: /^(.+?)(?:\/-)?\/(?:blob|tree|edit)\/([^/]+)\/(.+)$/,
  gitea: /^(.+?)\/src\/branch\/([^/]+)\/(.+)$/,
  bitbucketCloud: /^(.+?)\/src\/([^/]+)\/(.+)$/,
};

const BITBUCKET_SERVER =
  /^(.*)\/projects\/([^/]+)\/repos\/([^/]+)\/browse\/(.+)$/;

/**
 * Where the file is that an entity is described in.
 *
 * @throws InputError that says what to do if it isn't in a known repository
 */
export function fileLocation(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
): FileLocation {
  const { name, annotations = {} } = entity.metadata;
  const ref = annotations[ANNOTATION_LOCATION];
  const { type, target } = ref
    ? parseLocationRef(ref)
    : { type: 'none', target: '' };
  const host = type === 'url' ? integrations.byUrl(target)?.type : undefined;
  const file = URL.canParse(target)
    ? readPage(new URL(target), host ?? '')
    : undefined;
  if (!file) {
    throw new InputError(
      `${name} is described in ${
        target || 'no file that the catalog knows'
      }, which isn't a file on a branch of GitHub, GitLab, Gitea or Bitbucket under integrations. Add the annotations there by hand`,
    );
  }
  return { url: target, ...file };
}

function readPage(
  url: URL,
  host: string,
): Omit<FileLocation, 'url'> | undefined {
  switch (host) {
    // It has the branch in the query. Without it, it is the default branch, whose
    // name isn't known here.
    case 'bitbucketServer': {
      const branch = url.searchParams.get('at')?.replace(/^refs\/heads\//, '');
      const [, root, project, repository, path] =
        BITBUCKET_SERVER.exec(url.pathname) ?? [];
      return branch && path
        ? {
            repoUrl: `${url.origin}${root}/scm/${project}/${repository}.git`,
            branch,
            path: decodeURIComponent(path),
          }
        : undefined;
    }
    default: {
      const page = PAGES[host]?.exec(`${url.origin}${url.pathname}`);
      return page
        ? {
            repoUrl: `${page[1]}.git`,
            branch: decodeURIComponent(page[2]),
            path: decodeURIComponent(page[3]),
          }
        : undefined;
    }
  }
}
