import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { DeliveryDatabase } from './store/DeliveryDatabase';
import { deleteOld } from './store/operations/deleteOld';
import { isoIn } from './store/time';

/** Pages and people want to hear what happened today. */
const UNTOLD_MS = 86_400_000;

/**
 * Has one of the replicas delete what is older than it has to be kept, daily.
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
    frequency: { days: 1 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 10 },
    fn: async () => {
      const deleted = await deleteOld(database.knex, {
        before: isoIn(-retentionMs),
        untoldBefore: isoIn(-UNTOLD_MS),
        instances,
      });
      logger.info(
        `Deleted what ended too long ago: ${deleted.promotions} promotions, ${deleted.applications} applications, ${deleted.images} images`,
      );
    },
  });
}
