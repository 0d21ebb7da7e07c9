import type {
  ApplicationRef,
  RevisionWanted,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { RevisionRequestRow } from '../../rows';
import { isKeyText, MAX_BYTES, storableText } from '../../text';
import { sortableTime } from '../../time';
import { insertRows } from '../insertRows';

/**
 * A revision to ask an Argo CD instance for, by one of the applications that
 * want it.
 *
 * @internal
 */
export interface RevisionRequest {
  repoUrl: string;
  revision: string;
  ref: ApplicationRef;
  project?: string;
  sourceIndex?: number;
  historyId?: number;
  attempts: number;
}

/**
 * Keeps what is to be asked for; not what Argo CD couldn't be asked for, since the
 * address of a repository or the name of a revision is too long.
 *
 * @internal
 */
export async function addRevisionRequests(
  knex: Knex,
  requests: {
    applicationKey: string;
    instance: string;
    wanted: RevisionWanted;
  }[],
  now: string,
): Promise<void> {
  await insertRows(
    knex,
    'revision_requests',
    requests.filter(isAskable).map(
      ({ applicationKey, instance, wanted }): RevisionRequestRow => ({
        repo_url: wanted.repoUrl,
        revision: wanted.revision,
        application_key: applicationKey,
        instance,
        source_index: wanted.sourceIndex ?? null,
        history_id: toStoredInteger(wanted.historyId),
        attempts: 0,
        next_attempt_at: sortableTime(now),
        wanted_since: sortableTime(now),
        error: null,
      }),
    ),
    { columns: ['repo_url', 'revision', 'application_key'], then: 'ignore' },
  );
}

/**
 * Revisions that it is time to ask the instance for, each once, the newest wish
 * first: what is under way now is looked at first.
 *
 * @internal
 */
export async function readDueRevisionRequests(
  knex: Knex,
  options: { instance: string; now: string; limit: number },
): Promise<RevisionRequest[]> {
  const rows = await knex<RevisionRequestRow>('revision_requests')
    .join('applications', 'applications.key', 'application_key')
    .where('revision_requests.instance', options.instance)
    .where('next_attempt_at', '<=', sortableTime(options.now))
    .whereNull('gone_at')
    .orderBy('next_attempt_at', 'desc')
    .limit(options.limit)
    .select<
      (RevisionRequestRow & {
        namespace: string;
        name: string;
        project: string | null;
      })[]
    >('revision_requests.*', 'namespace', 'name', 'project');
  const requests = new Map<string, RevisionRequest>();
  for (const row of rows) {
    const id = `${row.repo_url}\n${row.revision}`;
    if (!requests.has(id)) {
      requests.set(id, {
        repoUrl: row.repo_url,
        revision: row.revision,
        ref: {
          instance: row.instance,
          namespace: row.namespace,
          name: row.name,
        },
        project: row.project ?? undefined,
        sourceIndex: row.source_index ?? undefined,
        historyId: row.history_id ?? undefined,
        attempts: row.attempts,
      });
    }
  }
  return [...requests.values()];
}

/**
 * Keys of the applications that want a revision.
 *
 * @internal
 */
export async function findKeysWanting(
  knex: Knex,
  revision: { repoUrl: string; revision: string },
): Promise<string[]> {
  const rows = await knex<RevisionRequestRow>('revision_requests')
    .where({ repo_url: revision.repoUrl, revision: revision.revision })
    .select('application_key');
  return rows.map(row => row.application_key);
}

/**
 * Removes the wishes of those applications whose wish is met.
 *
 * @internal
 */
export async function removeRevisionRequests(
  knex: Knex,
  revision: { repoUrl: string; revision: string },
  applicationKeys: string[],
): Promise<void> {
  await knex<RevisionRequestRow>('revision_requests')
    .where({ repo_url: revision.repoUrl, revision: revision.revision })
    .whereIn('application_key', applicationKeys)
    .delete();
}

/**
 * Has a revision asked for again later, by all who want it.
 *
 * @internal
 */
export async function postponeRevisionRequests(
  knex: Knex,
  revision: { repoUrl: string; revision: string },
  outcome: { attempts: number; nextAttemptAt: string; error: string },
): Promise<void> {
  await knex<RevisionRequestRow>('revision_requests')
    .where({ repo_url: revision.repoUrl, revision: revision.revision })
    .update({
      attempts: outcome.attempts,
      next_attempt_at: sortableTime(outcome.nextAttemptAt),
      error: storableText(outcome.error),
    });
}

function isAskable({ wanted }: { wanted: RevisionWanted }): boolean {
  return (
    isKeyText(wanted.repoUrl, MAX_BYTES.repoUrl) &&
    isKeyText(wanted.revision, MAX_BYTES.revision)
  );
}

/** Ids of entries of the history count from 0, in 32 bits of the database. */
function toStoredInteger(id: number | undefined): number | null {
  return id !== undefined && Number.isInteger(id) && Math.abs(id) < 2 ** 31
    ? id
    : null;
}
