import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  addHint,
  readHints,
  removeHints,
} from '../store/operations/refreshRequests';
import type { Fence } from '../store/fence';
import { isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { RateLimitedWarning } from '../telemetry/RateLimitedWarning';
import { LoopDuty } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';

/** Hints that another replica wrote are found after this time at the latest. */
const LOOK_EVERY_MS = 2000;
/** However often it is told of, an application isn't read more often. */
const READ_EVERY_MS = 3000;

/**
 * Has an application read again when somebody says that it changed. Any replica
 * may be told; the one that watches the instance reads, because only it knows
 * which versions it has seen already. The database is the way from the one to
 * the other: it needs no more than what all replicas share anyway, and keeps a
 * hint while nobody watches.
 *
 * @internal
 */
export class HintSource extends LoopDuty {
  static create(options: {
    instance: string;
    /** Reads the application again soon, and if it can't, reads all of them later. */
    poke: (ref: ApplicationRef) => void;
    database: DeliveryDatabase;
    logger: LoggerService;
    /** Milliseconds between two reads of an application. */
    readEveryMs?: number;
    metrics?: DeliveryMetrics;
  }): HintSource {
    return new HintSource(options);
  }

  private readonly readEveryMs: number;
  /** When each application was last read for a hint, for as long as that matters. */
  private readonly lastRead = new Map<string, number>();

  private readonly dropped: RateLimitedWarning;

  private constructor(
    private readonly options: Parameters<typeof HintSource.create>[0],
  ) {
    super();
    this.dropped = RateLimitedWarning.create(options);
    this.readEveryMs = options.readEveryMs ?? READ_EVERY_MS;
  }

  /**
   * The application may have changed. Resolves when that is stored, on whichever
   * replica.
   */
  async add(ref: ApplicationRef): Promise<void> {
    const { database, instance, metrics } = this.options;
    const added = await addHint(database.knex, { ref, hintedAt: isoNow() });
    if (!added) {
      metrics?.dropFrom('refresh-requests');
      this.dropped.warn(
        `Too many applications of Argo CD '${instance}' wait to be read again, one more isn't noted: the next list has all of them`,
      );
    }
    this.kick();
  }

  protected loopOptions() {
    const { instance, logger, metrics } = this.options;
    return {
      task: 'refresh-requests',
      metrics,
      name: `Following hints of Argo CD '${instance}'`,
      logger,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(_: LoopRun, fence: Fence): Promise<void> {
    const { database, instance, poke } = this.options;
    const now = Date.now();
    for (const [key, at] of this.lastRead) {
      if (now - at >= this.readEveryMs) {
        this.lastRead.delete(key);
      }
    }
    const hints = await readHints(database.knex, instance);
    const ripe = hints.filter(({ ref }) => !this.lastRead.has(keyOf(ref)));
    if (ripe.length > 0) {
      // Before the read begins: what is told from now on is told of later changes.
      await database.transaction(tx => removeHints(tx, ripe), fence);
      for (const { ref } of ripe) {
        this.lastRead.set(keyOf(ref), now);
        poke(ref);
      }
    }
  }
}

function keyOf({ namespace, name }: ApplicationRef): string {
  return `${namespace}/${name}`;
}
