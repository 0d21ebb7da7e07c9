import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  AwsAccountNotConfiguredError,
  backoff,
  type RegistryEvent,
  type RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import {
  readDueRepositories,
  saveRepositoryRead,
} from '../store/operations/repositories';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import { drain } from '../leadership/drain';
import { isThrottled } from './isThrottled';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';
import { RegistryEvents } from './RegistryEvents';
import { RepositoryReader } from './RepositoryReader';

const BATCH = 30;
const LOOK_EVERY_MS = 2000;
/** How soon a repository that no configured registry covers is checked again. */
const UNCOVERED_MS = 3_600_000;
const RETRY = { firstMs: 5000, maxMs: 900_000 };

/** @internal */
export interface RegistryPollerOptions {
  registry: RegistrySource;
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  /** Milliseconds between two reads of a repository. */
  pollIntervalMs: number;
  /**
   * Time limit for listing all images of a repository, in milliseconds. Default:
   * 2 minutes.
   */
  readTimeoutMs?: number;
  metrics?: DeliveryMetrics;
}

/** @internal */
interface DueRepository {
  repository: string;
  failures: number;
}

/**
 * Reads the images of the repositories that applications use or entities
 * reference. As a leader task, it reads each repository at intervals, and a new
 * one at once. After an event, the replica that receives the event reads the
 * repository.
 *
 * @internal
 */
export class RegistryPoller extends LoopTask {
  static create(options: RegistryPollerOptions): RegistryPoller {
    return new RegistryPoller(options);
  }

  private readonly reader: RepositoryReader;
  private readonly events: RegistryEvents;

  private constructor(private readonly options: RegistryPollerOptions) {
    super();
    this.reader = RepositoryReader.create(options);
    this.events = RegistryEvents.create({ ...options, reader: this.reader });
  }

  /** Resolves when the change is stored or the repository is marked due. */
  async handleEvent(event: RegistryEvent): Promise<void> {
    await this.events.add(event);
  }

  protected loopOptions() {
    const { logger, metrics } = this.options;
    return {
      task: 'registries',
      name: 'Reading the image registries',
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { database, tracker } = this.options;
    await drain<DueRepository>({
      run,
      fence,
      limit: work => this.reader.limit(work, { priority: 'interval' }),
      describe: ({ repository }) => `Reading ${repository}`,
      readDue: async () =>
        tracker.isListing
          ? []
          : readDueRepositories(database.knex, { now: isoNow(), limit: BATCH }),
      handle: (due, part) => this.read(due, part),
      postpone: (due, error) => this.postpone(due, error, fence),
    });
  }

  private async read(
    { repository }: DueRepository,
    { signal, fence }: { signal: AbortSignal; fence: Fence },
  ): Promise<void> {
    const { database, registry } = this.options;
    if (registry.covers(repository)) {
      const read = await this.reader.read(repository, { signal });
      await this.reader.store(read, fence);
      return;
    }
    await database.transaction(
      tx =>
        saveRepositoryRead(tx, repository, {
          readAt: isoNow(),
          nextReadAt: isoIn(UNCOVERED_MS),
        }),
      fence,
    );
  }

  private async postpone(
    due: DueRepository,
    error: unknown,
    fence: Fence,
  ): Promise<void> {
    const { database, logger, metrics } = this.options;
    const { repository } = due;
    const failures = due.failures + 1;
    metrics?.readFailed('registry');
    if (isThrottled(error)) {
      metrics?.registryThrottled();
    }
    if (failures === 1) {
      logger.warn(`Couldn't read the images of ${repository}: ${error}`);
    }
    await database.transaction(
      tx =>
        saveRepositoryRead(tx, repository, {
          error: String(error),
          errorCode:
            error instanceof AwsAccountNotConfiguredError
              ? 'account-not-configured'
              : 'read-failed',
          failures,
          nextReadAt: isoIn(backoff(failures, RETRY)),
        }),
      fence,
    );
  }
}
