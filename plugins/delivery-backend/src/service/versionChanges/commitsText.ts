import { plain } from './plainText';
import type { UnknownCommits, VersionCommits } from './versionCommits';

/** Git hosts limit the length of a request's text; Bitbucket Server to 32,768. */
const MAX_LISTED = 80;
const MIN_LISTED = 3;
const SHORT_ID = 8;

/**
 * Commits of an image in the text of a change.
 *
 * @internal
 */
export interface DescribedCommits extends VersionCommits {
  /** Of the image, without a tag. */
  repository: string;
  /** The change takes them back. */
  isRevert: boolean;
}

/**
 * One block of lines for each range of commits, each once.
 *
 * @internal
 */
export function commitsText(all: readonly DescribedCommits[]): string[] {
  const ranges = new Map(
    all.map(one => [JSON.stringify([one.repository, one.from, one.to]), one]),
  );
  const limit = Math.max(
    MIN_LISTED,
    Math.floor(MAX_LISTED / Math.max(1, ranges.size)),
  );
  return [...ranges.values()].flatMap(one => ['', ...block(one, limit)]);
}

function block(commits: DescribedCommits, limit: number): string[] {
  const { repository, from, to, url, found, isRevert } = commits;
  const what = `from \`${from}\` to \`${to}\` of \`${repository}\``;
  const title = `Commits ${isRevert ? 'taken back, ' : ''}${what}`;
  if (found.kind === 'unknown') {
    const compared = url ? ` [Compare them](${url})` : '';
    return [`${title}: not known, ${because(commits, found)}.${compared}`];
  }
  if (found.total === 0) {
    return [`${title}: none.`];
  }
  const listed = found.commits.slice(0, limit);
  const more = found.total - listed.length;
  return [
    `${title}:`,
    '',
    ...listed.map(commit => {
      const id = `\`${commit.revision.slice(0, SHORT_ID)}\``;
      const link = commit.url ? `[${id}](${commit.url})` : id;
      return `- ${link} ${plain(commit.title)} (${plain(commit.author)})`;
    }),
    ...(more > 0
      ? [`- ${url ? `[${more} more](${url})` : `${more} more`}`]
      : []),
  ];
}

function because(
  { from, to }: VersionCommits,
  { reason, tag }: UnknownCommits,
): string {
  switch (reason) {
    case 'no-repository':
      return "because the catalog doesn't read the service from its source repository";
    case 'no-image':
      return `because the registry has no image \`${tag}\``;
    case 'no-revision':
      return `because the image \`${tag}\` has no label org.opencontainers.image.revision`;
    case 'other-repository':
      return `because the image \`${tag}\` says that it was built from another repository than the service's`;
    case 'not-after':
      return `because \`${to}\` wasn't built from a later commit than \`${from}\``;
    case 'too-many':
      return 'because there are too many to list';
    case 'unsupported':
      return "because the source repository isn't on a Git host that the portal can ask";
    case 'not-found':
      return "because the source repository doesn't have them, or the portal may not read it";
    default:
      return "because the registry or the Git host didn't answer";
  }
}
