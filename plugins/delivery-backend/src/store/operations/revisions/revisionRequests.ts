import type {
  ApplicationRef,
  UnresolvedRevision,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { RevisionRequestRow } from '../../rows';
import { isKeyText, MAX_BYTES, storableText } from '../../text';
import { sortableTime } from '../../time';
import { chunked } from '../chunked';
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

/** The time of the next attempt of those that are given up. */
const NEVER = '9999-12-31T23:59:59.999Z';

/**
 * Stores what applications want to know; not what Argo CD couldn't be asked for,
 * since the address of a repository or the name of a revision is too long. What
 * was given up for an application stays given up: see `retryRevisionRequests`.
 *
 * @internal
 */
export async function addRevisionRequests(
  knex: Knex,
  requests: {
    applicationKey: string;
    instance: string;
    wanted: UnresolvedRevision;
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
 * Has revisions asked for again that were given up, since the sources of the
 * applications that want them changed.
 *
 * @internal
 * @returns the instances to ask
 */
export async function retryRevisionRequests(
  tx: Knex.Transaction,
  applicationKeys: string[],
  now: string,
): Promise<Set<string>> {
  const instances = new Set<string>();
  for (const chunk of chunked(applicationKeys)) {
    const givenUp = () =>
      tx<RevisionRequestRow>('revision_requests')
        .whereIn('application_key', chunk)
        .where({ next_attempt_at: NEVER });
    const found = await givenUp().distinct('instance');
    if (found.length > 0) {
      await givenUp().update({
        attempts: 0,
        next_attempt_at: sortableTime(now),
      });
      found.forEach(({ instance }) => instances.add(instance));
    }
  }
  return instances;
}

/**
 * Has a revision asked for again later, by all who want it.
 *
 * @internal
 */
export async function postponeRevisionRequests(
  knex: Knex,
  revision: { repoUrl: string; revision: string },
  outcome: {
    attempts: number;
    /** Undefined: not any more, unless something changes. */
    nextAttemptAt: string | undefined;
    error: string;
  },
): Promise<void> {
  await knex<RevisionRequestRow>('revision_requests')
    .where({ repo_url: revision.repoUrl, revision: revision.revision })
    .update({
      attempts: outcome.attempts,
      next_attempt_at: outcome.nextAttemptAt
        ? sortableTime(outcome.nextAttemptAt)
        : NEVER,
      error: storableText(outcome.error),
    });
}

function isAskable({ wanted }: { wanted: UnresolvedRevision }): boolean {
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
