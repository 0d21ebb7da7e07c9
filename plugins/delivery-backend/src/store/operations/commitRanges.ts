import type {
  ApplicationRef,
  HistoryCommit,
  KnownCommits,
  UnresolvedCommits,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { type AttemptOutcome, toPostponement } from '../attemptOutcome';
import { DueRows } from '../DueRows';
import type { CommitRangeRow } from '../rows';
import { isKeyText, MAX_BYTES, storableText } from '../text';
import { sortableTime } from '../time';
import { chunked } from './chunked';

/**
 * Commits to ask a Git host for, and the application that they belong to.
 *
 * @internal
 */
export interface CommitRange
  extends Pick<UnresolvedCommits, 'repoUrl' | 'from' | 'to' | 'paths'> {
  ref: ApplicationRef;
  applicationKey: string;
  attempts: number;
}

const ranges = DueRows.of<CommitRangeRow>({
  table: 'commit_ranges',
  key: ['application_key', 'to_revision', 'from_revision', 'repo_url'],
  dueAt: 'next_attempt_at',
});

/**
 * Adds ranges, except for those that were added before, whatever became of them.
 *
 * @internal
 */
export async function addCommitRanges(
  knex: Knex,
  given: { applicationKey: string; wanted: UnresolvedCommits }[],
  now: string,
): Promise<void> {
  const at = sortableTime(now);
  await ranges.add(
    knex,
    given
      .filter(({ wanted }) => isKeyText(wanted.repoUrl, MAX_BYTES.repoUrl))
      .map(
        ({ applicationKey, wanted }): CommitRangeRow => ({
          application_key: applicationKey,
          to_revision: wanted.to,
          from_revision: wanted.from,
          repo_url: wanted.repoUrl,
          paths: storableText(JSON.stringify(wanted.paths)),
          commits: null,
          attempts: 0,
          next_attempt_at: at,
          wanted_since: at,
          reason: null,
          error: null,
        }),
      ),
    'ignore',
  );
}

/**
 * The ranges that are due. The newest come first, since they belong to what is
 * under way now.
 *
 * @internal
 */
export async function readDueCommitRanges(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<CommitRange[]> {
  const rows: (CommitRangeRow & ApplicationRef)[] = await ranges
    .due(knex, options.now, 'desc')
    .join('applications', 'applications.key', 'application_key')
    .whereNull('gone_at')
    .limit(options.limit)
    .select('commit_ranges.*', 'instance', 'namespace', 'name');
  return rows.map(row => ({
    repoUrl: row.repo_url,
    from: row.from_revision,
    to: row.to_revision,
    paths: JSON.parse(row.paths),
    ref: {
      instance: row.instance,
      namespace: row.namespace,
      name: row.name,
    },
    applicationKey: row.application_key,
    attempts: row.attempts,
  }));
}

/**
 * The known commits of applications, by application key.
 *
 * @internal
 */
export async function readCommits(
  knex: Knex,
  applicationKeys: string[],
): Promise<Map<string, KnownCommits[]>> {
  const known = new Map<string, KnownCommits[]>();
  for (const chunk of chunked(applicationKeys)) {
    const rows: CommitRangeRow[] = await knex<CommitRangeRow>('commit_ranges')
      .whereIn('application_key', chunk)
      .whereNotNull('commits')
      .orderBy(['application_key', 'wanted_since', 'to_revision']);
    for (const row of rows) {
      known.set(row.application_key, [
        ...(known.get(row.application_key) ?? []),
        {
          repoUrl: row.repo_url,
          from: row.from_revision,
          to: row.to_revision,
          commits: JSON.parse(row.commits ?? '[]'),
        },
      ]);
    }
  }
  return known;
}

/** @internal */
export async function saveCommits(
  knex: Knex,
  range: Pick<CommitRange, 'applicationKey' | 'repoUrl' | 'from' | 'to'>,
  commits: readonly HistoryCommit[],
): Promise<void> {
  await ranges.postpone(knex, keyOf(range), {
    dueAt: undefined,
    changes: {
      commits: storableText(JSON.stringify(commits)),
      reason: null,
      error: null,
    },
  });
}

/**
 * Stores why the commits of a range aren't known.
 *
 * @internal
 */
export async function postponeCommitRange(
  knex: Knex,
  range: Pick<CommitRange, 'applicationKey' | 'repoUrl' | 'from' | 'to'>,
  outcome: AttemptOutcome & { reason: string },
): Promise<void> {
  await ranges.postpone(knex, keyOf(range), toPostponement(outcome));
}

function keyOf({
  applicationKey,
  repoUrl,
  from,
  to,
}: Pick<CommitRange, 'applicationKey' | 'repoUrl' | 'from' | 'to'>) {
  return {
    application_key: applicationKey,
    to_revision: to,
    from_revision: from,
    repo_url: repoUrl,
  };
}
