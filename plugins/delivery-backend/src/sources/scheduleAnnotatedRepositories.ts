import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { setTimeout } from 'node:timers/promises';
import type { AnnotatedRepositories } from './AnnotatedRepositories';

const EVERY_MS = 300_000;
/** Spreads the requests of several portals to one catalog. */
const JITTER_MS = 30_000;

/**
 * Schedules reading the referenced repositories from the catalog, on one replica,
 * about every five minutes.
 *
 * @internal
 */
export async function scheduleAnnotatedRepositories(options: {
  scheduler: SchedulerService;
  repositories: AnnotatedRepositories;
  logger: LoggerService;
}): Promise<void> {
  const { scheduler, repositories, logger } = options;
  let isFirst = true;
  await scheduler.scheduleTask({
    id: 'delivery-named-repositories',
    scope: 'global',
    frequency: { milliseconds: EVERY_MS },
    timeout: { minutes: 10 },
    fn: async signal => {
      if (!isFirst) {
        await setTimeout(Math.random() * JITTER_MS, undefined, { signal });
      }
      isFirst = false;
      try {
        await repositories.refresh(signal);
      } catch (error) {
        if (!signal.aborted) {
          logger.warn(
            `Couldn't read from the catalog which repositories entities reference: ${
              isError(error) ? error.message : error
            }`,
          );
        }
      }
    },
  });
}
