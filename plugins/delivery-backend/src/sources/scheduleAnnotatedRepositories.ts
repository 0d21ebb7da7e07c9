import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { setTimeout } from 'node:timers/promises';
import type { AnnotatedRepositories } from './AnnotatedRepositories';

const EVERY_MS = 300_000;
/** So that the catalog isn't asked by all plugins of all portals at once. */
const JITTER_MS = 30_000;

/**
 * Has one of the replicas ask the catalog which repositories entities name, every
 * five minutes, more or less.
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
            `Couldn't read from the catalog which repositories entities name: ${
              isError(error) ? error.message : error
            }`,
          );
        }
      }
    },
  });
}
