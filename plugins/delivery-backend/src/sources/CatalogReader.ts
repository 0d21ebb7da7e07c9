import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
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
  'metadata.title',
  'metadata.annotations',
  'relations',
];

/**
 * Stores something of the catalog's entities.
 *
 * @internal
 */
export interface EntityReader {
  /** Entities with one of these annotations are read. */
  annotations: readonly string[];
  /**
   * Stores what the entities reference. Some may have only annotations of other
   * readers.
   *
   * @param seenAt - when the catalog was asked, ISO 8601
   */
  save(entities: readonly Entity[], seenAt: string): Promise<void>;
  /** Removes what no entity has referenced since a time, ISO 8601. */
  prune(before: string): Promise<void>;
}

/** @internal */
export interface CatalogReaderOptions {
  catalog: CatalogService;
  auth: AuthService;
  readers: readonly EntityReader[];
  logger: LoggerService;
}

/**
 * Reads the annotated entities of the catalog, once for all who store something of
 * them.
 *
 * @internal
 */
export class CatalogReader {
  static create(options: CatalogReaderOptions): CatalogReader {
    return new CatalogReader(options);
  }

  private constructor(private readonly options: CatalogReaderOptions) {}

  /**
   * Reads one entity. Does nothing if the catalog doesn't have it.
   *
   * @param entityRef - full ref
   */
  async refreshEntity(entityRef: string): Promise<void> {
    const { catalog, auth } = this.options;
    const entity = await catalog.getEntityByRef(entityRef, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    if (entity) {
      await this.save([entity], isoNow());
    }
  }

  /**
   * Reads all entities. If the catalog can't be read to its end, nothing is
   * removed.
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    const { readers, logger } = this.options;
    const startedAt = isoNow();
    let entities = 0;
    for await (const page of this.pages(signal)) {
      signal?.throwIfAborted();
      entities += page.length;
      await this.save(page, startedAt);
    }
    signal?.throwIfAborted();
    const before = new Date(Date.parse(startedAt) - CLOCKS_DIFFER_MS);
    for (const reader of readers) {
      await reader.prune(before.toISOString());
    }
    logger.debug(
      `${entities} entities reference applications or repositories of Amazon ECR`,
    );
  }

  private async save(
    entities: readonly Entity[],
    seenAt: string,
  ): Promise<void> {
    for (const reader of this.options.readers) {
      await reader.save(entities, seenAt);
    }
  }

  private async *pages(signal?: AbortSignal): AsyncIterable<Entity[]> {
    const { catalog, auth, readers } = this.options;
    let cursor: string | undefined;
    do {
      // With a large catalog, a token may expire before the last page.
      const credentials = await auth.getOwnServiceCredentials();
      const page = await catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE_SIZE, fields: FIELDS }
          : {
              filter: readers
                .flatMap(({ annotations }) => annotations)
                .map(annotation => ({
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
