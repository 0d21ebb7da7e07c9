import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  type ListImagesOptions,
  type RegistryEvent,
  type RegistrySource,
  withDeadline,
} from '@landfall/backstage-plugin-delivery-node';
import { LRUCache } from 'lru-cache';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { saveImageDetails } from '../store/operations/imageDetails/imageDetails';
import { readBuiltDigests } from '../store/operations/images/images';
import { readKnownTags } from '../store/operations/images/knownTags';
import {
  isInUse,
  markDue,
  needsBuilds,
  readDueRepositories,
  saveRepositoryRead,
} from '../store/operations/repositories/repositories';
import { isoIn, isoNow } from '../store/time';
import type { Tracker } from '../tracker/types';
import { backoff } from './backoff';
import { drain } from './drain';
import { LoopDuty } from './LoopDuty';

/** DescribeImages is throttled per account: a few repositories at a time. */
const CONCURRENCY = 3;
const BATCH = 30;
const LOOK_EVERY_MS = 2000;
/** A repository that is in no known registry is looked at again after this time. */
const UNCOVERED_MS = 3_600_000;
const RETRY = { firstMs: 5000, maxMs: 900_000 };
/** A multi-arch push sends several events at once; one read answers them all. */
const GATHER_EVENTS_MS = 100;
const EVENT_READ_TIMEOUT_MS = 10_000;
const DEFAULT_READ_TIMEOUT_MS = 120_000;
/** Ids of events that are known again when they are delivered again. */
const BELIEVED_EVENTS = 10_000;

/**
 * Reads the images of the repositories that applications have or entities name:
 * each at intervals, and at once when it is new (a duty, for one replica), or when
 * an event says that something happened in it (any replica that gets the event).
 *
 * @internal
 */
export class RegistryPoller extends LoopDuty {
  static create(options: {
    registry: RegistrySource;
    database: DeliveryDatabase;
    tracker: Tracker;
    logger: LoggerService;
    /** Milliseconds between two reads of a repository. */
    pollIntervalMs: number;
    /** Milliseconds that the registry has for all images of a repository. Default: 2 minutes. */
    readTimeoutMs?: number;
  }): RegistryPoller {
    return new RegistryPoller(options);
  }

  private readonly gathering = new Map<
    string,
    { events: Map<string, RegistryEvent>; done: Promise<void> }
  >();

  private readonly believed = new LRUCache<string, true>({
    max: BELIEVED_EVENTS,
  });

  private constructor(
    private readonly options: Parameters<typeof RegistryPoller.create>[0],
  ) {
    super();
  }

  /**
   * Something happened in a repository. The registry is the record, so it is
   * read; only where that fails, the event's own data is taken. Resolves when
   * it is committed.
   */
  async hint(event: RegistryEvent): Promise<void> {
    const gathered = this.gathering.get(event.repository);
    if (gathered) {
      // An event that is delivered again has the same id.
      gathered.events.set(event.id, event);
      return gathered.done;
    }
    const events = new Map([[event.id, event]]);
    const done = this.follow(event.repository, events);
    this.gathering.set(event.repository, { events, done });
    return done;
  }

  private async follow(
    repository: string,
    events: Map<string, RegistryEvent>,
  ): Promise<void> {
    const { database, logger, registry } = this.options;
    await new Promise(resolve => setTimeout(resolve, GATHER_EVENTS_MS));
    this.gathering.delete(repository);
    if (!(await isInUse(database.knex, repository))) {
      await markDue(database.knex, repository);
      return;
    }
    if (registry.covers(repository)) {
      try {
        const scanned = [...events.values()].flatMap(({ action, digest }) =>
          action === 'scan' ? [digest] : [],
        );
        await withDeadline(
          {
            timeoutMs: EVENT_READ_TIMEOUT_MS,
            timeoutError: () => late(repository, EVENT_READ_TIMEOUT_MS),
          },
          ({ signal }) => this.read(repository, { signal, scanned }),
        );
        return;
      } catch (error) {
        logger.warn(
          `Couldn't read ${repository} after an event, so the event is believed: ${error}`,
        );
      }
    }
    // They come in any order, and again.
    const inOrder = [...events.values()]
      .filter(({ id }) => !this.believed.has(`${repository}/${id}`))
      .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    for (const event of inOrder) {
      await this.believe(event);
      this.believed.set(`${repository}/${event.id}`, true);
    }
  }

  private async believe(event: RegistryEvent): Promise<void> {
    // By the event's own time: a push may be told after the removal that followed it.
    const { repository, digest, tag, at: seenAt } = event;
    if (event.action === 'scan') {
      // What it found is for the next read to tell.
      return;
    }
    await this.options.tracker.observeImage(
      event.action === 'push'
        ? {
            kind: 'image-pushed',
            repository,
            digest,
            tags: tag ? [tag] : [],
            pushedAt: event.at,
            seenAt,
          }
        : { kind: 'image-removed', repository, digest, tag, seenAt },
    );
  }

  protected loopOptions() {
    return {
      name: 'Reading the image registries',
      logger: this.options.logger,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(signal: AbortSignal): Promise<void> {
    const { database, tracker } = this.options;
    await drain({
      signal,
      concurrency: CONCURRENCY,
      readDue: async () =>
        tracker.isListing
          ? []
          : readDueRepositories(database.knex, { now: isoNow(), limit: BATCH }),
      handle: ({ repository, failures }) =>
        this.readAndPlan(repository, failures, signal),
    });
  }

  private async readAndPlan(
    repository: string,
    failures: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { database, logger, registry } = this.options;
    if (!registry.covers(repository)) {
      await saveRepositoryRead(database.knex, repository, {
        readAt: isoNow(),
        nextReadAt: isoIn(UNCOVERED_MS),
      });
      return;
    }
    try {
      await this.read(repository, { signal });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (failures === 0) {
        logger.warn(`Couldn't read the images of ${repository}: ${error}`);
      }
      await saveRepositoryRead(database.knex, repository, {
        error: String(error),
        failures: failures + 1,
        nextReadAt: isoIn(backoff(failures + 1, RETRY)),
      });
    }
  }

  private async read(
    repository: string,
    options: ListImagesOptions,
  ): Promise<void> {
    const { registry, database, tracker, pollIntervalMs } = this.options;
    // Images that came after this moment may be missing in the answer.
    const seenAt = isoNow();
    const builds = await this.wantedBuilds(repository);
    const { readTimeoutMs = DEFAULT_READ_TIMEOUT_MS } = this.options;
    const images = await withDeadline(
      {
        signal: options.signal,
        timeoutMs: readTimeoutMs,
        timeoutError: () => late(repository, readTimeoutMs),
      },
      ({ signal }) =>
        registry.listImages(repository, {
          ...options,
          ...builds,
          signal,
          knownTags: () => readKnownTags(database.knex, repository),
        }),
    );
    await tracker.observeRepository({ repository, images, seenAt });
    await database.transaction(tx => saveImageDetails(tx, repository, images));
    await saveRepositoryRead(database.knex, repository, {
      readAt: seenAt,
      nextReadAt: isoIn(pollIntervalMs * (0.9 + 0.2 * Math.random())),
    });
  }

  /** Builds cost calls, so they are only asked for where a policy goes by them, and once. */
  private async wantedBuilds(
    repository: string,
  ): Promise<Pick<ListImagesOptions, 'buildsOf'>> {
    const { knex } = this.options.database;
    if (!(await needsBuilds(knex, repository))) {
      return {};
    }
    const known = await readBuiltDigests(knex, repository);
    return { buildsOf: ({ digest }) => !known.has(digest) };
  }
}

function late(repository: string, timeoutMs: number): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `The registry did not give the images of ${repository} within ${
      timeoutMs / 1000
    } s. They are read again later; if that goes on, check whether the registry can be reached, or raise delivery.registry.readTimeout.`,
  );
}
