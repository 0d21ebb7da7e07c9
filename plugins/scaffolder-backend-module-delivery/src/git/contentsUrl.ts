import { bitbucketServerPage } from '@landfall/backstage-plugin-delivery-node';

/**
 * The page of a branch's root at a Git host, in the form that Backstage's
 * `catalog:register` and `UrlReaderService` take.
 *
 * @param url - clone URL of the repository
 * @param host - kind of the host, as in `integrations`
 */
export function contentsUrl(url: string, branch: string, host: string): string {
  const base = url.replace(/\.git$/, '');
  switch (host) {
    case 'gitea':
      return `${base}/src/branch/${branch}`;
    case 'gitlab':
      return `${base}/-/blob/${branch}`;
    case 'bitbucketCloud':
      return `${base}/src/${branch}`;
    case 'bitbucketServer':
      return `${bitbucketServerPage(base)}/browse${browseQuery(branch)}`;
    case 'azure':
      return `${url}?version=GB${encodeURIComponent(branch)}`;
    default:
      return `${base}/blob/${branch}`;
  }
}

/**
 * The page of a file at a Git host, in the same form.
 *
 * @param path - in the repository
 */
export function fileUrl(
  url: string,
  branch: string,
  host: string,
  path: string,
): string {
  switch (host) {
    case 'bitbucketServer': {
      const root = contentsUrl(url, branch, host);
      const query = browseQuery(branch);
      return `${root.slice(0, -query.length)}/${path}${query}`;
    }
    case 'azure':
      return `${url}?path=${encodeURIComponent(
        `/${path}`,
      )}&version=GB${encodeURIComponent(branch)}`;
    default:
      return `${contentsUrl(url, branch, host)}/${path}`;
  }
}

function browseQuery(branch: string): string {
  return `?at=${encodeURIComponent(branch)}`;
}
