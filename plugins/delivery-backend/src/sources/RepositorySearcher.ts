import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { LOCATOR_LIMITS } from '@landfall/backstage-plugin-delivery-common';
import type {
  FoundRepositories,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { addToOutbox } from '../store/operations/outbox/outbox';
import { nameRepositories } from '../store/operations/repositories/namedRepositories';
import {
  readDueSearches,
  type RepositorySearch,
  saveSearch,
} from '../store/operations/repositorySearches/repositorySearches';
import { isoIn, isoNow } from '../store/time';
import { backoff } from './backoff';
import { drain } from './drain';
import { LoopDuty } from './LoopDuty';

const LOOK_EVERY_MS = 2000;
const CONCURRENCY = 2;
const BATCH = 30;
/** A service gets a repository more rarely than a repository an image. */
const SEARCH_EVERY_MS = 300_000;
const NOTHING: FoundRepositories = { repositories: [], errors: [] };
const RETRY = { firstMs: 15_000, maxMs: 900_000 };

/**
 * Searches the registries for the repositories whose tags entities name: at
 * once where the tags are new, and then at intervals. What is found counts as
 * named by an entity.
 *
 * @internal
 */
export class RepositorySearcher extends LoopDuty {
  static create(options: {
    registry: RegistrySource;
    database: DeliveryDatabase;
    logger: LoggerService;
    /** Something waits in the outbox. */
    outboxFilled: () => void;
    /** There may be a repository that was never read. */
    repositoriesNamed: () => void;
  }): RepositorySearcher {
    return new RepositorySearcher(options);
  }

  private constructor(
    private readonly options: Parameters<typeof RepositorySearcher.create>[0],
  ) {
    super();
  }

  protected loopOptions() {
    return {
      name: 'Searching repositories by their tags',
      logger: this.options.logger,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(signal: AbortSignal): Promise<void> {
    const { knex } = this.options.database;
    await drain({
      signal,
      concurrency: CONCURRENCY,
      readDue: () => readDueSearches(knex, { now: isoNow(), limit: BATCH }),
      handle: search => this.search(search, signal),
    });
  }

  private async search(
    search: RepositorySearch,
    signal: AbortSignal,
  ): Promise<void> {
    const { registry, logger } = this.options;
    const { tags, failures } = search;
    let found: FoundRepositories;
    try {
      found = (await registry.findRepositories?.(tags, { signal })) ?? NOTHING;
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      const reason = isError(error) ? error.message : String(error);
      found = { repositories: [], errors: [reason] };
    }
    if (found.errors.length > 0 && failures === 0) {
      logger.warn(
        `Couldn't search everywhere for repositories with the tags ${JSON.stringify(
          tags,
        )}: ${found.errors.join('; ')}`,
      );
    }
    await this.save(search, found);
  }

  private async save(
    { key, repositories: before, failures, error: failure }: RepositorySearch,
    { repositories: found, errors }: FoundRepositories,
  ): Promise<void> {
    const { database, outboxFilled, repositoriesNamed } = this.options;
    const hasFailed = errors.length > 0;
    // What isn't found where it can't be searched may be there all the same. One
    // more than is used is kept, to know that there are more.
    const repositories = [
      ...new Set([...found, ...((hasFailed && before) || [])]),
    ]
      .sort()
      .slice(0, LOCATOR_LIMITS.foundRepositories + 1);
    const error = hasFailed ? errors.join('; ') : undefined;
    const isNews =
      error !== failure ||
      JSON.stringify(before) !== JSON.stringify(repositories);
    await database.transaction(async tx => {
      await nameRepositories(
        tx,
        repositories.slice(0, LOCATOR_LIMITS.foundRepositories),
        isoNow(),
      );
      await saveSearch(tx, key, {
        repositories,
        ...(error && { error }),
        failures: hasFailed ? failures + 1 : 0,
        nextSearchAt: isoIn(
          hasFailed
            ? backoff(failures + 1, RETRY)
            : SEARCH_EVERY_MS * (0.9 + 0.2 * Math.random()),
        ),
      });
      if (isNews) {
        await addToOutbox(tx, {
          keys: [key],
          appeared: false,
          instances: false,
        });
      }
    });
    if (isNews) {
      outboxFilled();
      repositoriesNamed();
    }
  }
}
