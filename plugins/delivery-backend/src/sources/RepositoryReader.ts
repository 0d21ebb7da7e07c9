import type {
  ListImagesOptions,
  RegistryImage,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import PQueue from 'p-queue';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { saveImageDetails } from '../store/operations/imageDetails/imageDetails';
import { readBuiltDigests } from '../store/operations/images/images';
import type { Fence } from '../store/fence';
import {
  needsBuilds,
  saveRepositoryRead,
} from '../store/operations/repositories/repositories';
import { isoIn, isoNow } from '../store/time';
import type { Tracker } from '../tracker/types';

/** DescribeImages is throttled per account: a few repositories at a time. */
const CONCURRENCY = 3;

/** @internal */
export interface RepositoryReaderOptions {
  registry: RegistrySource;
  database: DeliveryDatabase;
  tracker: Tracker;
  /** Milliseconds between two reads of a repository. */
  pollIntervalMs: number;
}

/**
 * What a registry said of a repository.
 *
 * @internal
 */
export interface RepositoryRead {
  repository: string;
  images: RegistryImage[];
  /** Images that came after this moment may be missing; ISO 8601, UTC. */
  seenAt: string;
}

/**
 * Reads images of repositories and stores them: a few repositories at a time, and
 * those with events before those that are read at intervals.
 *
 * @internal
 */
export class RepositoryReader {
  static create(options: RepositoryReaderOptions): RepositoryReader {
    return new RepositoryReader(options);
  }

  private readonly queue = new PQueue({ concurrency: CONCURRENCY });

  private constructor(private readonly options: RepositoryReaderOptions) {}

  /** Has work wait until a repository may be read. */
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
    const images = await this.options.registry.listImages(repository, {
      ...options,
      ...(await this.wantedBuilds(repository)),
    });
    return { repository, images, seenAt };
  }

  async store(read: RepositoryRead, fence?: Fence): Promise<void> {
    const { database, tracker, pollIntervalMs } = this.options;
    const { repository, images, seenAt } = read;
    await tracker.observeRepository(read, fence);
    await database.transaction(async tx => {
      await saveImageDetails(tx, repository, images);
      await saveRepositoryRead(tx, repository, {
        readAt: seenAt,
        nextReadAt: isoIn(pollIntervalMs * (0.9 + 0.2 * Math.random())),
      });
    }, fence);
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
