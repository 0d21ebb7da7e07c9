import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  addRefreshRequest,
  readRefreshRequests,
  removeRefreshRequests,
} from '../store/operations/refreshRequests';
import type { Fence } from '../store/fence';
import { isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { RateLimitedWarning } from '../telemetry/RateLimitedWarning';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';

/** Poll interval for requests that other replicas wrote. */
const LOOK_EVERY_MS = 2000;
/**
 * Minimum time between two reads of an application, however many requests there
 * are.
 */
const READ_EVERY_MS = 3000;

/** @internal */
export interface RefreshRequestSourceOptions {
  instance: string;
  /**
   * Reads the application again soon. If that fails, all applications are read
   * later.
   */
  requestRefresh: (ref: ApplicationRef) => void;
  database: DeliveryDatabase;
  logger: LoggerService;
  /** Milliseconds between two reads of an application. */
  readEveryMs?: number;
  metrics?: DeliveryMetrics;
}

/**
 * Refreshes an application when a webhook reports a change. Any replica may
 * receive the webhook, but only the replica that watches the instance knows which
 * versions it has read, so it does the refresh. The database passes requests from
 * one to the other: all replicas share it anyway, and it keeps requests while no
 * replica is watching.
 *
 * @internal
 */
export class RefreshRequestSource extends LoopTask {
  static create(options: RefreshRequestSourceOptions): RefreshRequestSource {
    return new RefreshRequestSource(options);
  }

  private readonly readEveryMs: number;
  /** When each application was last refreshed, while that still matters. */
  private readonly lastRead = new Map<string, number>();

  private readonly dropped: RateLimitedWarning;

  private constructor(private readonly options: RefreshRequestSourceOptions) {
    super();
    this.dropped = RateLimitedWarning.create(options);
    this.readEveryMs = options.readEveryMs ?? READ_EVERY_MS;
  }

  /**
   * Requests a refresh, because the application may have changed. Resolves when
   * the request is stored. Can be called on any replica.
   */
  async add(ref: ApplicationRef): Promise<void> {
    const { database, instance, metrics } = this.options;
    const added = await addRefreshRequest(database.knex, {
      ref,
      requestedAt: isoNow(),
    });
    if (!added) {
      metrics?.dropFrom('refresh-requests');
      this.dropped.warn(
        `Too many refresh requests are pending for Argo CD '${instance}'. Dropping one. The next list contains all applications`,
      );
    }
    this.trigger();
  }

  protected loopOptions() {
    const { instance, logger, metrics } = this.options;
    return {
      task: 'refresh-requests',
      metrics,
      name: `Reading refresh requests for Argo CD '${instance}'`,
      logger,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(_: LoopRun, fence: Fence): Promise<void> {
    const { database, instance, requestRefresh } = this.options;
    const now = Date.now();
    for (const [key, at] of this.lastRead) {
      if (now - at >= this.readEveryMs) {
        this.lastRead.delete(key);
      }
    }
    const requests = await readRefreshRequests(database.knex, instance);
    const ripe = requests.filter(({ ref }) => !this.lastRead.has(nameKey(ref)));
    if (ripe.length > 0) {
      // Remove them before the read: a request that arrives from now on is about
      // a later change.
      await database.transaction(tx => removeRefreshRequests(tx, ripe), fence);
      for (const { ref } of ripe) {
        this.lastRead.set(nameKey(ref), now);
        requestRefresh(ref);
      }
    }
  }
}

function nameKey({ namespace, name }: ApplicationRef): string {
  return `${namespace}/${name}`;
}
