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
    default:
      return `${base}/blob/${branch}`;
  }
}
