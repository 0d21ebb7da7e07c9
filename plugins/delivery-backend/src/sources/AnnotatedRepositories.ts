import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type AccessRules,
  type Claimant,
  judgeRepository,
  LOCATOR_LIMITS,
  parseRepositoryLocator,
  REPOSITORY_ANNOTATIONS,
  type RepositoryLocator,
  toClaimant,
} from '@landfall/backstage-plugin-delivery-common';
import type { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  saveReferencedRepositories,
  clearUnreferenced,
} from '../store/operations/annotatedRepositories';
import {
  deleteSearches,
  saveReferencedSearches,
  readSearches,
} from '../store/operations/repositorySearches';
import { searchKey } from '../store/repositoryKey';
import { isoNow } from '../store/time';

const PAGE_SIZE = 500;
/**
 * Maximum clock difference between replicas. Another one may just have stored a
 * new entity.
 */
const CLOCKS_DIFFER_MS = 60_000;

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];

/** @internal */
export interface AnnotatedRepositoriesOptions {
  catalog: CatalogService;
  auth: AuthService;
  database: DeliveryDatabase;
  hosts: EcrHosts;
  accessRules: AccessRules;
  logger: LoggerService;
}

/**
 * Finds the repositories that catalog entities reference by their annotations, so
 * that they are read even if no application uses them. References that
 * `delivery.access` doesn't allow are ignored.
 *
 * @internal
 */
export class AnnotatedRepositories {
  static create(options: AnnotatedRepositoriesOptions): AnnotatedRepositories {
    return new AnnotatedRepositories(options);
  }

  private constructor(private readonly options: AnnotatedRepositoriesOptions) {}

  /**
   * Stores what one entity references. Does nothing if the catalog doesn't have the
   * entity.
   *
   * @param entityRef - full ref
   */
  async refreshEntity(entityRef: string): Promise<void> {
    const { catalog, auth } = this.options;
    const entity = await catalog.getEntityByRef(entityRef, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    if (entity) {
      await this.saveReferences([entity], isoNow());
    }
  }

  /**
   * Updates all references from the catalog. If the catalog can't be read to its
   * end, no reference is removed.
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    const { database, logger } = this.options;
    const startedAt = isoNow();
    let entities = 0;
    for await (const page of this.pages(signal)) {
      signal?.throwIfAborted();
      entities += page.length;
      await this.saveReferences(page, startedAt);
    }
    signal?.throwIfAborted();
    const before = new Date(Date.parse(startedAt) - CLOCKS_DIFFER_MS);
    await database.transaction(async tx => {
      await clearUnreferenced(tx, before.toISOString());
      await deleteSearches(tx, before.toISOString());
    });
    logger.debug(`${entities} entities reference repositories of Amazon ECR`);
  }

  private async saveReferences(
    entities: Entity[],
    seenAt: string,
  ): Promise<void> {
    const claims = entities.map(entity => ({
      claimant: toClaimant(entity),
      locator: parseRepositoryLocator(entity),
    }));
    const tags = claims.flatMap(({ locator }) =>
      locator.tags ? [locator.tags] : [],
    );
    await this.options.database.transaction(async tx => {
      await saveReferencedSearches(tx, tags, seenAt);
      const searches = await readSearches(tx, [
        ...new Set(tags.map(searchKey)),
      ]);
      const found = new Map(
        searches.map(({ key, repositories = [] }) => [key, repositories]),
      );
      await saveReferencedRepositories(
        tx,
        claims.flatMap(({ claimant, locator }) => [
          ...this.allowedByArn(claimant, locator),
          ...this.allowedByTags(
            claimant,
            (locator.tags && found.get(searchKey(locator.tags))) ?? [],
          ),
        ]),
        seenAt,
      );
    });
  }

  private allowedByArn(
    claimant: Claimant,
    { repositories }: RepositoryLocator,
  ): string[] {
    const { accessRules, hosts } = this.options;
    return repositories.flatMap(id =>
      judgeRepository(claimant, id, accessRules).allowed
        ? [hosts.referencesOf(id)[0]]
        : [],
    );
  }

  private allowedByTags(claimant: Claimant, found: string[]): string[] {
    const { accessRules, hosts } = this.options;
    return found
      .slice(0, LOCATOR_LIMITS.foundRepositories)
      .filter(repository => {
        const parsed = hosts.parse(repository);
        const id = parsed && { ...parsed.registry, name: parsed.name };
        return judgeRepository(claimant, id, accessRules).allowed;
      });
  }

  private async *pages(signal?: AbortSignal): AsyncIterable<Entity[]> {
    const { catalog, auth } = this.options;
    let cursor: string | undefined;
    do {
      // With a large catalog, a token may expire before the last page.
      const credentials = await auth.getOwnServiceCredentials();
      const page = await catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE_SIZE, fields: FIELDS }
          : {
              filter: Object.values(REPOSITORY_ANNOTATIONS).map(annotation => ({
                [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
              })),
              fields: FIELDS,
              limit: PAGE_SIZE,
            },
        { credentials },
      );
      yield page.items;
      cursor = signal?.aborted ? undefined : page.pageInfo.nextCursor;
    } while (cursor !== undefined);
  }
}
