import type {
  ApplicationRef,
  VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { commitsText } from './commitsText';
import { plain } from './plainText';
import type { VersionCommits } from './versionCommits';

/**
 * One application in the text of a change.
 *
 * @internal
 */
export interface DescribedItem {
  application: ApplicationRef;
  environment: string;
  repository: string;
  from?: string;
  to?: string;
  held?: boolean;
  /** Of the new version's scan, by severity. */
  findings?: Record<string, number>;
  /** Between the versions. */
  commits?: VersionCommits;
}

/** Longer titles are cut by Git hosts. */
const MAX_TITLE = 120;

/**
 * Title and text of a merge request, or of a commit.
 *
 * @internal
 */
export function describeChange(
  { action, reason }: Pick<VersionChangeRequest, 'action' | 'reason'>,
  items: readonly DescribedItem[],
  user: string,
): { title: string; description: string } {
  const lines = items.map(
    ({ application, environment, repository, ...item }) => {
      const change =
        item.to === undefined
          ? 'updates resume'
          : `${item.from ? `\`${item.from}\` → ` : ''}\`${item.to}\``;
      const hold = item.held ? ', held until updates are resumed' : '';
      return `- ${
        application.name
      } (${environment}), \`${repository}\`: ${change}${hold}${findingsText(
        item.findings,
      )}`;
    },
  );
  return {
    title: titleOf(action, items),
    description: [
      ...(reason ? [plain(reason), ''] : []),
      ...lines,
      ...commitsText(
        items.flatMap(({ commits, repository }) =>
          commits
            ? [{ ...commits, repository, isRevert: action === 'revert' }]
            : [],
        ),
      ),
      '',
      `Requested by ${user} through Landfall.`,
    ].join('\n'),
  };
}

function titleOf(
  action: VersionChangeRequest['action'],
  items: readonly DescribedItem[],
): string {
  const tags = [...new Set(items.flatMap(({ to }) => to ?? []))];
  const names = items.map(({ application }) => application.name);
  const [first, ...others] = names;
  const where =
    others.length > 0 ? `${first} and ${others.length} more` : first;
  const version = tags.length === 1 ? ` to ${tags[0]}` : '';
  const title = {
    promote: `chore: promote ${where}${version}`,
    revert: `revert: take ${where} back${version}`,
    'resume-updates': `chore: resume updates of ${where}`,
  }[action];
  return title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title;
}

/** Severities are words of the registry, such as `CRITICAL`. */
function findingsText(findings: Record<string, number> | undefined): string {
  if (!findings) {
    return '';
  }
  const counts = Object.entries(findings)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${plain(severity)}`);
  return `; scan: ${counts.join(', ') || 'no findings'}`;
}
