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
  if (
    !/^https?:\/\//.test(repoUrl) ||
    !URL.canParse(repoUrl) ||
    !/^[0-9a-f]{7,64}$/.test(revision)
  ) {
    return undefined;
  }
  const base = withoutSlashes(repoUrl).replace(/\.git$/, '');
  switch (integrations.byUrl(repoUrl)?.type) {
    case 'gitlab':
      return `${base}/-/commit/${revision}`;
    case 'bitbucketCloud':
    case 'bitbucketServer':
      return `${base}/commits/${revision}`;
    default:
      return `${base}/commit/${revision}`;
  }
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
