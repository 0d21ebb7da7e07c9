import type { PermissionsService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import type { DeliveryServiceOptions } from '@landfall/backstage-plugin-delivery-node';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { CallerCache } from '../service/CallerCache';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readServiceRefs } from '../store/operations/services';
import { readVersion } from '../store/operations/storeVersions';
import { bucketsOf, scopes } from '../store/scopes';

/** Refs in one request to the catalog: about 60 kB with the longest names. */
const REFS_AT_ONCE = 500;
const MAX_CALLERS = 1000;
/** Lists of refs that differ; callers who see the same share one. */
const MAX_LISTS = 50;

/**
 * The permission by which the catalog decides who sees an entity, as
 * `@backstage/plugin-catalog-common` defines it.
 */
const CATALOG_ENTITY_READ = createPermission({
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});

/**
 * The services that a caller may see.
 *
 * @internal
 */
export interface SeenServices {
  /** Full refs, sorted. */
  refs: readonly string[];
  /** Equal for callers who see the same. */
  fingerprint: string;
  /** Set if these are all services of this version of the store. */
  allOfVersion?: string;
}

/** @internal */
export interface VisibleServicesOptions {
  catalog: CatalogService;
  database: DeliveryDatabase;
  /**
   * Spares the catalog callers who may see everything or nothing; by default, the
   * catalog is asked about each service.
   */
  permissions?: PermissionsService;
  /** How long it counts what a caller may see; 0: not at all. */
  authorizationMs: number;
  clock?: { now(): number };
}

/**
 * Decides which services a caller may see: those entities that the catalog shows
 * them.
 *
 * @internal
 */
export class VisibleServices {
  static create(options: VisibleServicesOptions): VisibleServices {
    return new VisibleServices(options);
  }

  private readonly callers: CallerCache<SeenServices>;
  private readonly lists = new LRUCache<string, readonly string[]>({
    max: MAX_LISTS,
  });

  private constructor(private readonly options: VisibleServicesOptions) {
    this.callers = CallerCache.create({
      ttlMs: options.authorizationMs,
      maxEntries: MAX_CALLERS,
      clock: options.clock,
    });
  }

  async of(options: DeliveryServiceOptions): Promise<SeenServices> {
    return this.callers.get(options.credentials, 'fleet', () =>
      this.decide(options),
    );
  }

  private async decide(options: DeliveryServiceOptions): Promise<SeenServices> {
    const { database } = this.options;
    const { all, version } = await database.snapshot(async knex => ({
      all: await readServiceRefs(knex),
      version: await readVersion(knex, bucketsOf([scopes.services])),
    }));
    const refs = await this.shownByCatalog(all, options);
    const fingerprint = createHash('sha256')
      .update(JSON.stringify(refs))
      .digest('base64url');
    const shared = this.lists.get(fingerprint) ?? refs;
    this.lists.set(fingerprint, shared);
    return {
      refs: shared,
      fingerprint,
      ...(refs.length === all.length && { allOfVersion: version }),
    };
  }

  private async shownByCatalog(
    all: readonly string[],
    options: DeliveryServiceOptions,
  ): Promise<readonly string[]> {
    const { catalog, permissions } = this.options;
    const [decision] = permissions
      ? await permissions.authorizeConditional(
          [{ permission: CATALOG_ENTITY_READ }],
          options,
        )
      : [];
    if (decision?.result === AuthorizeResult.ALLOW) {
      return all;
    }
    if (decision?.result === AuthorizeResult.DENY) {
      return [];
    }
    const shown: string[] = [];
    for (let at = 0; at < all.length; at += REFS_AT_ONCE) {
      const { items } = await catalog.getEntitiesByRefs(
        {
          entityRefs: all.slice(at, at + REFS_AT_ONCE),
          fields: ['kind', 'metadata.namespace', 'metadata.name'],
        },
        options,
      );
      shown.push(
        ...items.flatMap(entity =>
          entity ? [stringifyEntityRef(entity)] : [],
        ),
      );
    }
    return shown.sort();
  }
}
