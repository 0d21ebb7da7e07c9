import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readWaitingForSync } from '../store/operations/promotions/readWaitingForSync';
import { isoIn, isoNow } from '../store/time';
import type { Tracker } from '../tracker/types';
import { LoopDuty } from './LoopDuty';

const CONCURRENCY = 4;
/** The applications that wait longest come first; more than this are a matter of the whole instance. */
const BATCH = 200;

/** How soon after a commit it is asked why nothing happens, and how often. */
export interface SyncWindowTimes {
  graceMs: number;
  everyMs: number;
}

/** A sync that nothing keeps back begins within seconds of the comparison. */
const TIMES: SyncWindowTimes = { graceMs: 15_000, everyMs: 30_000 };

/**
 * Reads the sync windows of applications that wait for an automated sync:
 * while a window keeps it back, Argo CD says so nowhere in the Application.
 *
 * @internal
 */
export class SyncWindowSource extends LoopDuty {
  static create(options: {
    client: ArgoCdClient;
    database: DeliveryDatabase;
    tracker: Tracker;
    logger: LoggerService;
    times?: SyncWindowTimes;
  }): SyncWindowSource {
    return new SyncWindowSource(options);
  }

  private constructor(
    private readonly options: Parameters<typeof SyncWindowSource.create>[0],
  ) {
    super();
  }

  protected loopOptions() {
    const { client, logger, times = TIMES } = this.options;
    return {
      name: `Asking Argo CD '${client.instance}' for sync windows`,
      logger,
      everyMs: times.everyMs,
    };
  }

  protected async run(signal: AbortSignal): Promise<void> {
    const { graceMs } = this.options.times ?? TIMES;
    const { client, database, tracker, logger } = this.options;
    const waiting = await readWaitingForSync(database.knex, {
      instance: client.instance,
      committedBefore: isoIn(-graceMs),
      limit: BATCH,
    });
    const limit = pLimit(CONCURRENCY);
    await Promise.all(
      waiting.map(({ ref, project }) =>
        limit(async () => {
          if (signal.aborted) {
            return;
          }
          try {
            const windows = await client.resources.syncWindows(ref, {
              project,
              signal,
            });
            await tracker.observeSyncWindows({
              kind: 'sync-windows-observed',
              ref,
              windows,
              seenAt: isoNow(),
            });
          } catch (error) {
            if (!signal.aborted) {
              logger.debug(
                `The sync windows of ${ref.name} in Argo CD '${client.instance}' can't be read: ${error}`,
              );
            }
          }
        }),
      ),
    );
  }
}
