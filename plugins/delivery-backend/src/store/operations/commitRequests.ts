import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { type AttemptOutcome, toPostponement } from '../attemptOutcome';
import { DueRows } from '../DueRows';
import type { CommitRequestRow } from '../rows';
import { isKeyText, MAX_BYTES } from '../text';
import { sortableTime } from '../time';

/**
 * A commit of an application whose merge request is to be read.
 *
 * @internal
 */
export interface CommitToAttribute {
  applicationKey: string;
  repoUrl: string;
  revision: string;
}

/** @internal */
export interface CommitRequest extends CommitToAttribute {
  ref: ApplicationRef;
  attempts: number;
}

const requests = DueRows.of<CommitRequestRow>({
  table: 'commit_requests',
  key: ['application_key', 'revision', 'repo_url'],
  dueAt: 'next_attempt_at',
});

/**
 * Adds commits, except for those that were added before, whatever became of
 * them.
 *
 * @internal
 */
export async function addCommitRequests(
  knex: Knex,
  commits: readonly CommitToAttribute[],
  now: string,
): Promise<void> {
  const at = sortableTime(now);
  await requests.add(
    knex,
    commits
      .filter(
        ({ repoUrl, revision }) =>
          isKeyText(repoUrl, MAX_BYTES.repoUrl) &&
          isKeyText(revision, MAX_BYTES.revision),
      )
      .map(commit => ({
        ...keyOf(commit),
        attempts: 0,
        next_attempt_at: at,
        wanted_since: at,
        reason: null,
        error: null,
      })),
    'ignore',
  );
}

/**
 * The commits that are due, the newest first.
 *
 * @internal
 */
export async function readDueCommitRequests(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<CommitRequest[]> {
  const rows: (CommitRequestRow & ApplicationRef)[] = await requests
    .due(knex, options.now, 'desc')
    .join('applications', 'applications.key', 'application_key')
    .whereNull('gone_at')
    .limit(options.limit)
    .select('commit_requests.*', 'instance', 'namespace', 'name');
  return rows.map(({ instance, namespace, name, ...row }) => ({
    ref: { instance, namespace, name },
    applicationKey: row.application_key,
    repoUrl: row.repo_url,
    revision: row.revision,
    attempts: row.attempts,
  }));
}

/**
 * Stores when a commit's merge request is read again, and why.
 *
 * @internal
 */
export async function postponeCommitRequest(
  knex: Knex,
  commit: CommitToAttribute,
  outcome: AttemptOutcome & { reason: string },
): Promise<void> {
  await requests.postpone(knex, keyOf(commit), toPostponement(outcome));
}

function keyOf({ applicationKey, repoUrl, revision }: CommitToAttribute) {
  return {
    application_key: applicationKey,
    revision,
    repo_url: repoUrl,
  };
}
