import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { ArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import { readWaitingForSync } from '../store/operations/readWaitingForSync';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';
import { mapLimited } from '../leadership/mapLimited';
import { ResourceFailures } from './ResourceFailures';

const CONCURRENCY = 4;
/**
 * The applications that have been pending longest come first. If more than this
 * are pending, the whole instance is affected.
 */
const BATCH = 200;

/**
 * How long after a commit sync windows are first read, and how often.
 * Milliseconds.
 */
interface SyncWindowTimes {
  graceMs: number;
  everyMs: number;
}

/** Unless something blocks it, a sync starts within seconds of the comparison. */
const TIMES: SyncWindowTimes = { graceMs: 15_000, everyMs: 30_000 };

/** @internal */
export interface SyncWindowSourceOptions {
  client: ArgoCdClient;
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  signalsAdded: () => void;
  times?: SyncWindowTimes;
  metrics?: DeliveryMetrics;
}

/**
 * Reads the sync windows of applications with a pending automated sync: the
 * Application itself doesn't show that a window blocks the sync.
 *
 * @internal
 */
export class SyncWindowSource extends LoopTask {
  static create(options: SyncWindowSourceOptions): SyncWindowSource {
    return new SyncWindowSource(options);
  }

  private readonly failures: ResourceFailures;

  private constructor(private readonly options: SyncWindowSourceOptions) {
    super();
    this.failures = ResourceFailures.create({
      ...options,
      kind: 'sync-windows',
      subject: 'The sync windows',
      instance: options.client.instance,
    });
  }

  protected loopOptions() {
    const { client, logger, metrics, times = TIMES } = this.options;
    return {
      task: 'sync-windows',
      name: `Reading sync windows from Argo CD '${client.instance}'`,
      logger,
      metrics,
      everyMs: times.everyMs,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { graceMs } = this.options.times ?? TIMES;
    const { client, database } = this.options;
    await this.failures.load();
    const waiting = await readWaitingForSync(database.knex, {
      instance: client.instance,
      committedBefore: isoIn(-graceMs),
      limit: BATCH,
    });
    await this.failures.keep(
      waiting.map(({ ref }) => applicationKey(ref)),
      fence,
    );
    await mapLimited(waiting, pLimit(CONCURRENCY), async application => {
      await this.read(application, run.signal, fence);
      run.progress();
    });
  }

  private async read(
    { ref, project }: { ref: ApplicationRef; project: string },
    signal: AbortSignal,
    fence: Fence,
  ): Promise<void> {
    const { client, tracker } = this.options;
    await this.failures.attempt(
      ref,
      { signal, fence },
      {
        read: () => client.resources.syncWindows(ref, { project, signal }),
        store: windows =>
          tracker.observeSyncWindows(
            { kind: 'sync-windows-observed', ref, windows, seenAt: isoNow() },
            fence,
          ),
      },
    );
  }
}
