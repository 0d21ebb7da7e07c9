import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { DeliveryDatabase } from './store/DeliveryDatabase';
import type { Transactions } from './store/operations/deleteBatches';
import { deleteOld } from './store/operations/deleteOld';
import { bumpVersions } from './store/operations/storeVersions';
import { scopes } from './store/scopes';
import { isoIn } from './store/time';

/** Signals and notifications that weren't delivered expire after a day. */
const UNSENT_MS = 86_400_000;

/**
 * Has one of the replicas delete what has outlived its retention, every hour. That
 * is little each time, and what can't be deleted now is tried again soon.
 *
 * @internal
 */
export async function scheduleRetention(options: {
  scheduler: SchedulerService;
  database: DeliveryDatabase;
  logger: LoggerService;
  retentionMs: number;
  /** Names of the configured Argo CD instances. */
  instances: string[];
}): Promise<void> {
  const { scheduler, database, logger, retentionMs, instances } = options;
  await scheduler.scheduleTask({
    id: 'delivery-retention',
    scope: 'global',
    frequency: { hours: 1 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 10 },
    fn: async signal => {
      const { promotions, applications, images } = await deleteOld(
        countingDeletions(database),
        {
          before: isoIn(-retentionMs),
          unsentBefore: isoIn(-UNSENT_MS),
          instances,
        },
        { signal },
      );
      if (promotions + applications + images > 0) {
        logger.info(
          `Deleted old data: ${promotions} promotions, ${applications} applications, ${images} images`,
        );
      }
    },
  });
}

/** Answers that were made from deleted rows are made again. */
function countingDeletions(database: Transactions): Transactions {
  return {
    transaction: work =>
      database.transaction(async tx => {
        const result = await work(tx);
        await bumpVersions(tx, [scopes.everything]);
        return result;
      }),
  };
}
