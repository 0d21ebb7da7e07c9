import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ImagePushed,
  ImageRemoved,
} from '@landfall/backstage-plugin-delivery-common';
import {
  FailureLog,
  type RegistryEvent,
  type RegistrySource,
  withDeadline,
} from '@landfall/backstage-plugin-delivery-node';
import { LRUCache } from 'lru-cache';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { isInUse, markDue } from '../store/operations/repositories';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { RateLimitedWarning } from '../telemetry/RateLimitedWarning';
import { failureKind } from '../telemetry/failureKind';
import type { Tracker } from '../tracker/types';
import { isThrottled } from './isThrottled';
import type { RepositoryReader } from './RepositoryReader';

/** A multi-arch push sends several events at once; one read covers them all. */
const GATHER_EVENTS_MS = 100;
const READ_TIMEOUT_MS = 10_000;
/** How many event ids are remembered to recognize repeated deliveries. */
const REMEMBERED_EVENTS = 10_000;
const MAX_REPOSITORIES = 1000;
const MAX_EVENTS_PER_REPOSITORY = 100;

/** @internal */
export interface RegistryEventsOptions {
  registry: RegistrySource;
  reader: RepositoryReader;
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
  /** Time limit for reading a repository after an event, in milliseconds. */
  eventReadTimeoutMs?: number;
  /** How many repositories may have pending events. */
  maxRepositories?: number;
}

/**
 * Handles registry events on whichever replica receives them. The registry is the
 * authority, so an event triggers a read of its repository. Each repository has
 * one read at a time, and one more for all events that arrive during it. Only if
 * the repository can't be read, the event's own data is used.
 *
 * @internal
 */
export class RegistryEvents {
  static create(options: RegistryEventsOptions): RegistryEvents {
    return new RegistryEvents(options);
  }

  private readonly pending = new Map<
    string,
    { events: Map<string, RegistryEvent>; done: Promise<void> }
  >();
  private readonly reading = new Map<string, Promise<void>>();
  private readonly applied = new LRUCache<string, true>({
    max: REMEMBERED_EVENTS,
  });
  private readonly failures: FailureLog;
  private readonly dropped: RateLimitedWarning;

  private constructor(private readonly options: RegistryEventsOptions) {
    const { logger } = options;
    this.failures = FailureLog.create(logger);
    this.dropped = RateLimitedWarning.create({ logger });
  }

  /** Resolves when the change is stored or the repository is marked due. */
  async add(event: RegistryEvent): Promise<void> {
    const { repository } = event;
    this.options.metrics?.eventReceived('registry');
    const { maxRepositories = MAX_REPOSITORIES } = this.options;
    const gathered = this.pending.get(repository);
    if (gathered) {
      // A repeated delivery has the same id and replaces the first.
      if (
        gathered.events.size < MAX_EVENTS_PER_REPOSITORY ||
        gathered.events.has(event.id)
      ) {
        gathered.events.set(event.id, event);
      } else {
        await this.drop(event);
      }
      return gathered.done;
    }
    if (this.pending.size >= maxRepositories) {
      return this.drop(event);
    }
    const events = new Map([[event.id, event]]);
    const done = this.follow(repository, events);
    this.pending.set(repository, { events, done });
    return done;
  }

  /**
   * Marks the repository due: the next regular read finds what the event would
   * have reported.
   */
  private async drop({ repository }: RegistryEvent): Promise<void> {
    this.options.metrics?.dropFrom('registry-events');
    this.dropped.warn(
      `Too many registry events are pending. Dropping one of ${repository}, which is now due for its next regular read`,
    );
    await markDue(this.options.database.knex, repository);
  }

  private async follow(
    repository: string,
    events: Map<string, RegistryEvent>,
  ): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, GATHER_EVENTS_MS));
    await this.reading.get(repository)?.catch(() => {});
    const reading = this.options.reader.limit(
      () => {
        // From here on, an event may report something that this read misses.
        this.pending.delete(repository);
        return this.read(repository, events);
      },
      { priority: 'event' },
    );
    this.reading.set(repository, reading);
    try {
      await reading;
    } finally {
      if (this.reading.get(repository) === reading) {
        this.reading.delete(repository);
      }
    }
  }

  private async read(
    repository: string,
    events: Map<string, RegistryEvent>,
  ): Promise<void> {
    const { database, registry, reader, metrics } = this.options;
    const { eventReadTimeoutMs = READ_TIMEOUT_MS } = this.options;
    if (!(await isInUse(database.knex, repository))) {
      await markDue(database.knex, repository);
      return;
    }
    if (registry.covers(repository)) {
      const scanned = [...events.values()].flatMap(({ action, digest }) =>
        action === 'scan' ? [digest] : [],
      );
      try {
        const read = await withDeadline(
          {
            timeoutMs: eventReadTimeoutMs,
            timeoutError: () =>
              new Error(
                `Reading ${repository} took longer than ${
                  eventReadTimeoutMs / 1000
                } s`,
              ),
          },
          ({ signal }) => reader.read(repository, { signal, scanned }),
        );
        await reader.store(read);
        this.failures.succeeded(
          repository,
          `${repository} can be read after events again`,
        );
        return;
      } catch (error) {
        metrics?.readFailed('registry');
        if (isThrottled(error)) {
          metrics?.registryThrottled();
        }
        this.failures.failed(
          repository,
          failureKind(error),
          `Couldn't read ${repository} after an event. Using the event's own data: ${error}`,
        );
      }
    }
    // Events arrive in any order and more than once.
    const inOrder = [...events.values()]
      .filter(({ id }) => !this.applied.has(`${repository}/${id}`))
      .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    await this.options.tracker.observeImages(
      repository,
      inOrder.flatMap(toObservation),
    );
    for (const { id } of inOrder) {
      this.applied.set(`${repository}/${id}`, true);
    }
  }
}

/** None for a scan: the next read brings its findings. */
function toObservation({
  repository,
  action,
  digest,
  tag,
  // Use the event's own time: a push may be reported after the removal that
  // followed it.
  at: seenAt,
}: RegistryEvent): (ImagePushed | ImageRemoved)[] {
  switch (action) {
    case 'push':
      return [
        {
          kind: 'image-pushed',
          repository,
          digest,
          tags: tag ? [tag] : [],
          pushedAt: seenAt,
          seenAt,
        },
      ];
    case 'scan':
      return [];
    default:
      return [{ kind: 'image-removed', repository, digest, tag, seenAt }];
  }
}
