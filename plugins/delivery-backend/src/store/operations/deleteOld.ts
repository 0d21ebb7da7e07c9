import {
  type BatchOptions,
  deleteBatches,
  type Transactions,
} from './deleteBatches';
import { deleteApplications, deleteInstances } from './deleteApplications';
import { deleteUnusedRepositories } from './deleteUnusedRepositories';

/**
 * What is to be deleted.
 *
 * @internal
 */
export interface Retention {
  /** What ended before this time; ISO 8601, UTC. */
  before: string;
  /** Signals, notifications and refresh requests from before this time expire; ISO 8601, UTC. */
  untoldBefore: string;
  /** Names of the configured Argo CD instances: nothing of them is deleted because they are silent. */
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
 * Deletes what ended before a time and nothing needs any more: promotions that
 * can't change, applications that are gone, all of instances that are not
 * configured any more, images that were removed or of repositories that no
 * application has and no entity names, and revisions that were last asked for
 * before it. What is live or under way stays, however old.
 *
 * Each transaction deletes a bounded number of rows, and is run again where the
 * database gives way to another writer. Rows of a kind that can't be deleted keep
 * none of another kind from being deleted: in the end, an `AggregateError` reports
 * what failed, and the next call continues with what is left.
 *
 * @internal
 */
export async function deleteOld(
  database: Transactions,
  { before, untoldBefore, instances }: Retention,
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
    // Of instances that nobody watches any more.
    () =>
      olderThan('application_hints', 'hinted_at', untoldBefore, [
        'instance',
        'namespace',
        'name',
      ]),
    () => olderThan('outbox', 'created_at', untoldBefore, ['id']),
    () => olderThan('notices', 'next_attempt_at', untoldBefore, ['id']),
    // Those in use are renewed every few seconds.
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
      `Not everything that is too old could be deleted: ${failures.join('; ')}`,
    );
  }
  return deleted;
}
