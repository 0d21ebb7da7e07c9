import type { ScmIntegrationRegistry } from '@backstage/integration';

/**
 * The page of a commit on its Git host. A host without an integration is
 * assumed to have URLs like GitHub's, as Gitea and Forgejo do.
 *
 * @param repoUrl - clone URL of the repository, with or without `.git`
 * @returns undefined if the URL isn't http(s) or the revision isn't a commit id
 *
 * @public
 */
export function commitUrl(
  repoUrl: string,
  revision: string,
  integrations: ScmIntegrationRegistry,
): string | undefined {
  const base = pageOf(repoUrl);
  if (base === undefined || !isCommitId(revision)) {
    return undefined;
  }
  switch (integrations.byUrl(repoUrl)?.type) {
    case 'gitlab':
      return `${base}/-/commit/${revision}`;
    case 'bitbucketCloud':
      return `${base}/commits/${revision}`;
    case 'bitbucketServer':
      return `${bitbucketServerPage(base)}/commits/${revision}`;
    default:
      return `${base}/commit/${revision}`;
  }
}

/**
 * The page with the commits between two others on their Git host.
 *
 * @param repoUrl - clone URL of the repository, with or without `.git`
 * @returns undefined if the URL isn't http(s), one of the revisions isn't a commit id,
 * or the host isn't one of `integrations` that has such a page
 *
 * @public
 */
export function compareUrl(
  repoUrl: string,
  { from, to }: { from: string; to: string },
  integrations: ScmIntegrationRegistry,
): string | undefined {
  const base = pageOf(repoUrl);
  if (base === undefined || !isCommitId(from) || !isCommitId(to)) {
    return undefined;
  }
  switch (integrations.byUrl(repoUrl)?.type) {
    case 'github':
    case 'gitea':
      return `${base}/compare/${from}...${to}`;
    case 'gitlab':
      return `${base}/-/compare/${from}...${to}`;
    case 'bitbucketCloud':
      return `${base}/branches/compare/${to}..${from}`;
    case 'bitbucketServer':
      // Either may also be a commit.
      return `${bitbucketServerPage(
        base,
      )}/compare/commits?sourceBranch=${to}&targetBranch=${from}`;
    default:
      return undefined;
  }
}

function isCommitId(revision: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(revision);
}

/** The page of a repository. */
function pageOf(repoUrl: string): string | undefined {
  return /^https?:\/\//.test(repoUrl) && URL.canParse(repoUrl)
    ? withoutSlashes(repoUrl).replace(/\.git$/, '')
    : undefined;
}

/**
 * The page of a repository of Bitbucket Server, which has it elsewhere than its Git.
 *
 * @param base - clone URL without `.git`
 * @returns the same if it isn't such a clone URL
 *
 * @public
 */
export function bitbucketServerPage(base: string): string {
  const { origin, pathname } = new URL(base);
  const [, root, owner, name] =
    /^(.*)\/scm\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
  if (name === undefined) {
    return base;
  }
  const place = owner.startsWith('~')
    ? `users/${owner.slice(1)}`
    : `projects/${owner}`;
  return `${origin}${root}/${place}/repos/${name}`;
}

/**
 * Removes trailing slashes. A regular expression would start over at each slash
 * of the text.
 */
function withoutSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') {
    end -= 1;
  }
  return text.slice(0, end);
}
