import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { TagMutability } from '@landfall/backstage-plugin-delivery-common';
import {
  FailureLog,
  type ListImagesOptions,
  type RegistryImage,
  type RegistrySource,
  withDeadline,
} from '@landfall/backstage-plugin-delivery-node';
import PQueue from 'p-queue';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { saveImageDetails } from '../store/operations/imageDetails';
import { readBuiltDigests } from '../store/operations/images';
import { readKnownTags } from '../store/operations/knownTags';
import type { Fence } from '../store/fence';
import {
  needsBuilds,
  saveRepositoryRead,
} from '../store/operations/repositories';
import { isoIn, isoNow } from '../store/time';
import type { Tracker } from '../tracker/types';

/**
 * DescribeImages is throttled per account, so read only a few repositories at a
 * time.
 */
const CONCURRENCY = 3;
const DEFAULT_READ_TIMEOUT_MS = 120_000;

/** @internal */
export interface RepositoryReaderOptions {
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
}

/**
 * The images that a registry listed for a repository.
 *
 * @internal
 */
export interface RepositoryRead {
  repository: string;
  images: RegistryImage[];
  /** Start of the read. Images pushed after this may be missing; ISO 8601, UTC. */
  seenAt: string;
  /** Absent if it isn't known. */
  tagMutability?: TagMutability;
}

/**
 * Reads the images of repositories and stores them, a few repositories at a time.
 * Reads after events go before reads at intervals.
 *
 * @internal
 */
export class RepositoryReader {
  static create(options: RepositoryReaderOptions): RepositoryReader {
    return new RepositoryReader(options);
  }

  private readonly failures: FailureLog;
  private readonly queue = new PQueue({ concurrency: CONCURRENCY });

  private constructor(private readonly options: RepositoryReaderOptions) {
    this.failures = FailureLog.create(options.logger);
  }

  /**
   * Queues work until another repository may be read. Resolves when the work is
   * done.
   */
  async limit(
    work: () => Promise<void>,
    { priority }: { priority: 'event' | 'interval' },
  ): Promise<void> {
    await this.queue.add(work, { priority: priority === 'event' ? 1 : 0 });
  }

  async read(
    repository: string,
    options: Pick<ListImagesOptions, 'signal' | 'scanned'>,
  ): Promise<RepositoryRead> {
    const seenAt = isoNow();
    const {
      registry,
      database,
      readTimeoutMs = DEFAULT_READ_TIMEOUT_MS,
    } = this.options;
    const builds = await this.buildsToRead(repository);
    return withDeadline(
      {
        signal: options.signal,
        timeoutMs: readTimeoutMs,
        timeoutError: () => late(repository, readTimeoutMs),
      },
      async ({ signal }) => {
        const images = await registry.listImages(repository, {
          ...options,
          ...builds,
          signal,
          knownTags: () => readKnownTags(database.knex, repository),
        });
        const tagMutability = await registry.tagMutability?.(repository, {
          signal,
        });
        return { repository, images, seenAt, tagMutability };
      },
    );
  }

  async store(read: RepositoryRead, fence?: Fence): Promise<void> {
    const { database, tracker, pollIntervalMs } = this.options;
    const { repository, images, seenAt, tagMutability } = read;
    const refused = await tracker.observeRepository(read, fence);
    this.report(repository, refused);
    await database.transaction(async tx => {
      await saveImageDetails(tx, repository, images);
      await saveRepositoryRead(tx, repository, {
        readAt: seenAt,
        nextReadAt: isoIn(pollIntervalMs * (0.9 + 0.2 * Math.random())),
        tagMutability,
      });
    }, fence);
  }

  private report(repository: string, refused: string[]): void {
    if (refused.length > 0) {
      this.failures.failed(
        repository,
        refused.join('\n'),
        `${refused.length} images of ${repository} are not stored. ${refused[0]}`,
      );
    } else {
      this.failures.succeeded(
        repository,
        `All images of ${repository} are stored again`,
      );
    }
  }

  /**
   * Builds cost extra calls, so they are read once, and only if a policy depends
   * on them.
   */
  private async buildsToRead(
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
    `The registry did not list the images of ${repository} within ${
      timeoutMs / 1000
    } s. Retrying later. If this continues, check whether the registry can be reached, or raise delivery.registry.readTimeout.`,
  );
}
