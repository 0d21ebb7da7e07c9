import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { LOCATOR_LIMITS } from '@landfall/backstage-plugin-delivery-common';
import {
  backoff,
  type FoundRepositories,
  type RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { saveReferencedRepositories } from '../store/operations/annotatedRepositories';
import {
  readDueSearches,
  type RepositorySearch,
  saveSearch,
} from '../store/operations/repositorySearches';
import { isoIn, isoNow } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { drain } from '../leadership/drain';
import { LoopTask } from '../leadership/LoopTask';
import type { LoopRun } from '../leadership/LoopRun';

const LOOK_EVERY_MS = 2000;
const CONCURRENCY = 2;
const BATCH = 30;
/** New repositories are rarer than new images, so search for them less often. */
const SEARCH_EVERY_MS = 300_000;
const NOTHING: FoundRepositories = { repositories: [], errors: [] };
const RETRY = { firstMs: 15_000, maxMs: 900_000 };

/** @internal */
export interface RepositorySearcherOptions {
  registry: RegistrySource;
  database: DeliveryDatabase;
  logger: LoggerService;
  /** The signal outbox has new entries. */
  signalsAdded: () => void;
  /** There may be a repository that was never read. */
  repositoriesReferenced: () => void;
  metrics?: DeliveryMetrics;
}

/**
 * Searches the registries for repositories by the tags that entities give: at
 * once if the tags are new, then at intervals. A repository that is found counts
 * as referenced by an entity.
 *
 * @internal
 */
export class RepositorySearcher extends LoopTask {
  static create(options: RepositorySearcherOptions): RepositorySearcher {
    return new RepositorySearcher(options);
  }

  private constructor(private readonly options: RepositorySearcherOptions) {
    super();
  }

  protected loopOptions() {
    const { logger, metrics } = this.options;
    return {
      task: 'repository-search',
      name: 'Searching repositories by their tags',
      logger,
      metrics,
      everyMs: LOOK_EVERY_MS,
    };
  }

  protected async run(run: LoopRun, fence: Fence): Promise<void> {
    const { database, registry } = this.options;
    await drain({
      run,
      fence,
      limit: pLimit(CONCURRENCY),
      describe: ({ tags }) =>
        `Searching repositories with the tags ${JSON.stringify(tags)}`,
      readDue: () =>
        readDueSearches(database.knex, { now: isoNow(), limit: BATCH }),
      handle: async (search, part) =>
        this.save(
          search,
          (await registry.findRepositories?.(search.tags, {
            signal: part.signal,
          })) ?? NOTHING,
          part.fence,
        ),
      postpone: (search, error) =>
        this.save(
          search,
          {
            repositories: [],
            errors: [isError(error) ? error.message : String(error)],
          },
          fence,
        ),
    });
  }

  private report({ tags, failures }: RepositorySearch, errors: string[]) {
    const { logger, metrics } = this.options;
    metrics?.readFailed('repository-search');
    if (failures === 0) {
      logger.warn(
        `Couldn't search everywhere for repositories with the tags ${JSON.stringify(
          tags,
        )}: ${errors.join('; ')}`,
      );
    }
  }

  private async save(
    search: RepositorySearch,
    { repositories: found, errors }: FoundRepositories,
    fence: Fence,
  ): Promise<void> {
    const { database, signalsAdded, repositoriesReferenced } = this.options;
    const { key, repositories: before, failures, error: failure } = search;
    const hasFailed = errors.length > 0;
    if (hasFailed) {
      this.report(search, errors);
    }
    // After an incomplete search, keep what was found before: it may still exist
    // where the search failed. Keep one more repository than is used, to know
    // that there are more.
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
      await saveReferencedRepositories(
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
        await addToSignalOutbox(tx, {
          keys: [key],
          appeared: false,
          instances: false,
        });
      }
    }, fence);
    if (isNews) {
      signalsAdded();
      repositoriesReferenced();
    }
  }
}
