import {
  type BatchOptions,
  deleteBatches,
  type Transactions,
} from './deleteBatches';
import { deleteApplications, deleteInstances } from './deleteApplications';
import { deleteUnusedRepositories } from './deleteUnusedRepositories';

/**
 * What to delete.
 *
 * @internal
 */
export interface Retention {
  /** What ended before this time; ISO 8601, UTC. */
  before: string;
  /** Signals, notifications and refresh requests from before this time expire; ISO 8601, UTC. */
  unsentBefore: string;
  /** Names of the configured Argo CD instances; they are kept even if silent. */
  instances: string[];
}

/** @internal */
export interface Deleted {
  promotions: number;
  applications: number;
  images: number;
}

const FINAL_OUTCOMES = ['abandoned', 'rolled-back', 'superseded'];

/**
 * Deletes what ended before a given time and is no longer needed: promotions that
 * can't change, applications that are gone, everything of instances that are no
 * longer configured, images that were removed or are in repositories that no
 * application uses and no entity references, and revisions that were last needed
 * before that time. What is live or under way stays, however old.
 *
 * Each transaction deletes a bounded number of rows, and runs again if the
 * database gave way to another writer. If rows of one kind can't be deleted, the
 * other kinds still are: at the end, an `AggregateError` reports what failed, and
 * the next call continues with what is left.
 *
 * @internal
 */
export async function deleteOld(
  database: Transactions,
  { before, unsentBefore, instances }: Retention,
  options: BatchOptions = {},
): Promise<Deleted> {
  const deleted: Deleted = { promotions: 0, applications: 0, images: 0 };
  const olderThan = (
    table: string,
    column: string,
    time: string | number,
    key: string[],
  ) =>
    deleteBatches(database, {
      table,
      key,
      orderBy: column,
      where: query => query.where(column, '<', time),
      ...options,
    });
  const steps: (() => Promise<unknown>)[] = [
    ...FINAL_OUTCOMES.map(outcome => async () => {
      deleted.promotions += await deleteBatches(database, {
        table: 'promotions',
        key: ['id'],
        orderBy: 'moved_at',
        where: query => query.where({ outcome }).where('moved_at', '<', before),
        ...options,
      });
    }),
    async () => {
      deleted.applications += await deleteApplications(database, {
        orderBy: 'gone_at',
        where: query => query.where('gone_at', '<', before),
        ...options,
      });
    },
    async () => {
      deleted.applications += await deleteInstances(database, {
        before,
        configured: instances,
        ...options,
      });
    },
    async () => {
      deleted.images += await olderThan('images', 'removed_at', before, [
        'repository',
        'digest',
      ]);
    },
    async () => {
      deleted.images += await deleteUnusedRepositories(database, {
        before,
        ...options,
      });
    },
    () => olderThan('revisions', 'seen_at', before, ['revision', 'repo_url']),
    () =>
      olderThan('revision_requests', 'wanted_since', before, [
        'repo_url',
        'revision',
        'application_key',
      ]),
    () =>
      olderThan('commit_ranges', 'wanted_since', before, [
        'application_key',
        'to_revision',
        'from_revision',
        'repo_url',
      ]),
    () =>
      olderThan('commit_requests', 'wanted_since', before, [
        'application_key',
        'revision',
        'repo_url',
      ]),
    () =>
      olderThan('proposal_reads', 'wanted_since', before, [
        'application_key',
        'repo_url',
        'base',
        'template',
      ]),
    () => olderThan('actions', 'changed_at', before, ['id']),
    // Those of instances that no replica watches any more.
    () =>
      olderThan('application_hints', 'hinted_at', unsentBefore, [
        'instance',
        'namespace',
        'name',
      ]),
    () => olderThan('outbox', 'created_at', unsentBefore, ['id']),
    () => olderThan('notices', 'next_attempt_at', unsentBefore, ['id']),
    // Leases in use are renewed every few seconds.
    () => olderThan('leases', 'expires_at', Date.parse(before), ['name']),
  ];
  const failures: unknown[] = [];
  for (const step of steps) {
    options.signal?.throwIfAborted();
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `Couldn't delete all old data: ${failures.join('; ')}`,
    );
  }
  return deleted;
}
