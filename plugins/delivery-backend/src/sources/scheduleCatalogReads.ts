import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { setTimeout } from 'node:timers/promises';
import type { CatalogReader } from './CatalogReader';

const EVERY_MS = 300_000;
/** Spreads the requests of several portals to one catalog. */
const JITTER_MS = 30_000;

/**
 * Schedules reading from the catalog what entities reference, on one replica, about
 * every five minutes.
 *
 * @internal
 */
export async function scheduleCatalogReads(options: {
  scheduler: SchedulerService;
  reader: CatalogReader;
  logger: LoggerService;
}): Promise<void> {
  const { scheduler, reader, logger } = options;
  let isFirst = true;
  await scheduler.scheduleTask({
    // The name that earlier releases gave it, so that only one of them reads.
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
        await reader.refresh(signal);
      } catch (error) {
        if (!signal.aborted) {
          logger.warn(
            `Couldn't read from the catalog which applications and repositories entities reference: ${
              isError(error) ? error.message : error
            }`,
          );
        }
      }
    },
  });
}
