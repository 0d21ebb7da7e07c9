import type {
  ApplicationRef,
  UnresolvedRevision,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { DueRows, NEVER } from '../DueRows';
import type { RevisionRequestRow } from '../rows';
import { isKeyText, MAX_BYTES, storableText } from '../text';
import { sortableTime } from '../time';
import { chunked } from './chunked';

/**
 * A revision to request from an Argo CD instance, through one of the applications
 * that need it.
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

const requests = DueRows.of<RevisionRequestRow>({
  table: 'revision_requests',
  key: ['repo_url', 'revision', 'application_key'],
  dueAt: 'next_attempt_at',
});

/**
 * Adds requests for revisions that applications need, except for a repository
 * address or a revision that is too long to store. Requests that were given up
 * stay given up: see `retryRevisionRequests`.
 *
 * @internal
 */
export async function addRevisionRequests(
  knex: Knex,
  given: {
    applicationKey: string;
    instance: string;
    revision: UnresolvedRevision;
  }[],
  now: string,
): Promise<void> {
  const at = sortableTime(now);
  await requests.add(
    knex,
    given.filter(isAskable).map(
      ({ applicationKey, instance, revision }): RevisionRequestRow => ({
        repo_url: revision.repoUrl,
        revision: revision.revision,
        application_key: applicationKey,
        instance,
        source_index: revision.sourceIndex ?? null,
        history_id: toStoredInteger(revision.historyId),
        attempts: 0,
        next_attempt_at: at,
        wanted_since: at,
        error: null,
      }),
    ),
    'ignore',
  );
}

/**
 * Revisions that are due for an instance, each once. The newest request comes
 * first, since it belongs to what is under way now.
 *
 * @internal
 */
export async function readDueRevisionRequests(
  knex: Knex,
  options: { instance: string; now: string; limit: number },
): Promise<RevisionRequest[]> {
  const rows: (RevisionRequestRow & {
    namespace: string;
    name: string;
    project: string | null;
  })[] = await requests
    .due(knex, options.now, 'desc')
    .join('applications', 'applications.key', 'application_key')
    .where('revision_requests.instance', options.instance)
    .whereNull('gone_at')
    .limit(options.limit)
    .select('revision_requests.*', 'namespace', 'name', 'project');
  const found = new Map<string, RevisionRequest>();
  for (const row of rows) {
    const id = `${row.repo_url}\n${row.revision}`;
    if (!found.has(id)) {
      found.set(id, {
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
  return [...found.values()];
}

/**
 * A revision that an application needs.
 *
 * @internal
 */
export interface WantedRevision {
  applicationKey: string;
  repoUrl: string;
  revision: string;
}

/**
 * Which applications need which of some revisions.
 *
 * @internal
 */
export async function findWanting(
  knex: Knex,
  revisions: readonly { repoUrl: string; revision: string }[],
): Promise<WantedRevision[]> {
  const wanted: WantedRevision[] = [];
  for (const chunk of chunked(revisions)) {
    const rows = await knex<RevisionRequestRow>('revision_requests')
      .whereIn(
        ['repo_url', 'revision'],
        chunk.map(({ repoUrl, revision }) => [repoUrl, revision]),
      )
      .select('application_key', 'repo_url', 'revision');
    wanted.push(
      ...rows.map(row => ({
        applicationKey: row.application_key,
        repoUrl: row.repo_url,
        revision: row.revision,
      })),
    );
  }
  return wanted;
}

/**
 * Removes the requests of applications that got their revisions.
 *
 * @internal
 */
export async function removeRevisionRequests(
  knex: Knex,
  got: readonly WantedRevision[],
): Promise<void> {
  await requests.remove(
    knex,
    got.map(({ applicationKey, repoUrl, revision }) => ({
      repo_url: repoUrl,
      revision,
      application_key: applicationKey,
    })),
  );
}

/**
 * Makes requests that were given up due again, after the sources of their
 * applications changed.
 *
 * @internal
 * @returns the instances from which to request them
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
 * Postpones the requests of all applications for a revision.
 *
 * @internal
 */
export async function postponeRevisionRequests(
  knex: Knex,
  revision: { repoUrl: string; revision: string },
  outcome: {
    attempts: number;
    /** Undefined: none, unless something changes. */
    nextAttemptAt: string | undefined;
    error: string;
  },
): Promise<void> {
  await requests.postpone(
    knex,
    { repo_url: revision.repoUrl, revision: revision.revision },
    {
      dueAt: outcome.nextAttemptAt,
      changes: {
        attempts: outcome.attempts,
        error: storableText(outcome.error),
      },
    },
  );
}

function isAskable({ revision }: { revision: UnresolvedRevision }): boolean {
  return (
    isKeyText(revision.repoUrl, MAX_BYTES.repoUrl) &&
    isKeyText(revision.revision, MAX_BYTES.revision)
  );
}

/** History ids count from 0; the database's column has 32 bits. */
function toStoredInteger(id: number | undefined): number | null {
  return id !== undefined && Number.isInteger(id) && Math.abs(id) < 2 ** 31
    ? id
    : null;
}
