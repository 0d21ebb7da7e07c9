import type { Knex } from 'knex';
import type {
  ApplicationRow,
  InstanceRow,
  PromotionRow,
  UnreadableResourceRow,
} from '../rows';
import { chunked } from './chunked';
import {
  type BatchOptions,
  DEFAULT_BATCH_SIZE,
  deleteBatches,
  deleteRows,
  type Transactions,
} from './deleteBatches';

/**
 * Applications deleted in one transaction, with everything that belongs to them
 * except promotions: there may be thousands of those.
 */
const APPLICATIONS_AT_ONCE = 50;

/**
 * Deletes applications with everything that belongs to them. The rows stay locked
 * during the decision, in the order in which trackers lock them, so that an
 * application that comes back meanwhile is kept.
 *
 * @internal
 * @returns how many applications
 */
export async function deleteApplications(
  database: Transactions,
  options: BatchOptions & {
    /** Indexed column by which the rows are found. */
    orderBy: 'gone_at' | 'instance';
    where: (query: Knex.QueryBuilder) => Knex.QueryBuilder;
  },
): Promise<number> {
  const { where, orderBy, signal, batchSize = DEFAULT_BATCH_SIZE } = options;
  const limit = Math.min(batchSize, APPLICATIONS_AT_ONCE);
  let deleted = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { found, done } = await database.transaction(async tx => {
      const candidates: string[] = await where(tx('applications'))
        .orderBy([orderBy, 'key'])
        .limit(limit)
        .pluck('key');
      if (candidates.length === 0) {
        return { found: 0, done: 0 };
      }
      const keys: string[] = await where(
        tx<ApplicationRow>('applications').whereIn('key', candidates),
      )
        .orderBy('key')
        .forUpdate()
        .pluck('key');
      const promotions = await tx<PromotionRow>('promotions')
        .whereIn('application_key', keys)
        .orderBy(['application_key', 'started_at', 'id'])
        .limit(batchSize)
        .select('id');
      if (promotions.length > 0) {
        await deleteRows(tx, 'promotions', ['id'], promotions);
        return { found: candidates.length, done: 0 };
      }
      await tx<ApplicationRow>('applications').whereIn('key', keys).delete();
      return { found: candidates.length, done: keys.length };
    });
    if (found === 0) {
      return deleted;
    }
    deleted += done;
  }
}

/**
 * Deletes everything of instances that are no longer configured and last reported
 * before a given time.
 *
 * @internal
 * @returns how many applications
 */
export async function deleteInstances(
  database: Transactions,
  options: BatchOptions & { before: string; configured: string[] },
): Promise<number> {
  const { before, configured, ...batch } = options;
  const silent = await database.transaction(tx =>
    tx<InstanceRow>('instances')
      .whereNotIn('name', configured)
      .where('since', '<', before)
      .andWhere(query =>
        query.whereNull('last_heard_at').orWhere('last_heard_at', '<', before),
      )
      .orderBy('name')
      .select('name'),
  );
  let applications = 0;
  for (const { name } of silent) {
    applications += await deleteApplications(database, {
      orderBy: 'instance',
      where: query => query.where({ instance: name }),
      ...batch,
    });
    await deleteBatches(database, {
      table: 'image_updaters',
      key: ['instance', 'namespace', 'name'],
      orderBy: 'instance',
      where: query => query.where({ instance: name }),
      ...batch,
    });
    await database.transaction(tx =>
      tx<UnreadableResourceRow>('unreadable_resources')
        .where({ instance: name })
        .delete(),
    );
  }
  const names = silent.map(({ name }) => name);
  await database.transaction(async tx => {
    for (const chunk of chunked(names)) {
      await tx<InstanceRow>('instances').whereIn('name', chunk).delete();
    }
  });
  return applications;
}
