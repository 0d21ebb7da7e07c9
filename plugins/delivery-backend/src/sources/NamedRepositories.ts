import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type EcrRepositoryId,
  parseRepositoryLocator,
  REPOSITORY_ANNOTATIONS,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  nameRepositories,
  unnameRepositories,
} from '../store/operations/repositories/namedRepositories';
import {
  deleteSearches,
  nameSearches,
  readSearches,
} from '../store/operations/repositorySearches/repositorySearches';
import { searchKey } from '../store/repositoryKey';
import { isoNow } from '../store/time';

const PAGE_SIZE = 500;
/** By how much the clocks of replicas may differ: another one may just have noted a new entity. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Reads from the catalog which repositories entities name by their annotations,
 * so that they are read although no application has them.
 *
 * @internal
 */
export class NamedRepositories {
  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    database: DeliveryDatabase;
    /** The repository as it stands in image references. */
    referenceOf: (id: EcrRepositoryId) => string;
    logger: LoggerService;
  }): NamedRepositories {
    return new NamedRepositories(options);
  }

  private constructor(
    private readonly options: Parameters<typeof NamedRepositories.create>[0],
  ) {}

  /**
   * Brings what is stored up to date with the catalog. Where that can't be read
   * to its end, nothing is taken for not named any more.
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    const { database, logger } = this.options;
    const startedAt = isoNow();
    let entities = 0;
    for await (const page of this.pages(signal)) {
      signal?.throwIfAborted();
      entities += page.length;
      await this.name(page, startedAt);
    }
    signal?.throwIfAborted();
    const before = new Date(Date.parse(startedAt) - CLOCKS_DIFFER_MS);
    await database.transaction(async tx => {
      await unnameRepositories(tx, before.toISOString());
      await deleteSearches(tx, before.toISOString());
    });
    logger.debug(`${entities} entities name repositories of Amazon ECR`);
  }

  private async name(entities: Entity[], seenAt: string): Promise<void> {
    const { database, referenceOf } = this.options;
    const locators = entities.map(parseRepositoryLocator);
    const named = locators.flatMap(({ repositories }) =>
      repositories.map(referenceOf),
    );
    const tags = locators.flatMap(locator =>
      locator.tags ? [locator.tags] : [],
    );
    await database.transaction(async tx => {
      await nameSearches(tx, tags, seenAt);
      const found = await readSearches(tx, [...new Set(tags.map(searchKey))]);
      await nameRepositories(
        tx,
        [...named, ...found.flatMap(({ repositories = [] }) => repositories)],
        seenAt,
      );
    });
  }

  private async *pages(signal?: AbortSignal): AsyncIterable<Entity[]> {
    const { catalog, auth } = this.options;
    let cursor: string | undefined;
    do {
      // A token ends before the pages of a large catalog may.
      const credentials = await auth.getOwnServiceCredentials();
      const page = await catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE_SIZE, fields: ['metadata.annotations'] }
          : {
              filter: Object.values(REPOSITORY_ANNOTATIONS).map(annotation => ({
                [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
              })),
              fields: ['metadata.annotations'],
              limit: PAGE_SIZE,
            },
        { credentials },
      );
      yield page.items;
      cursor = signal?.aborted ? undefined : page.pageInfo.nextCursor;
    } while (cursor !== undefined);
  }
}
