import {
  type CompoundEntityRef,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { DeliveryServiceOptions } from '@landfall/backstage-plugin-delivery-node';
import { createHash } from 'node:crypto';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { CallerCache } from './CallerCache';

/** Entities of a few kilobytes each. */
const MAX_ENTITIES = 5000;

/**
 * An entity as the catalog shows it to a caller.
 *
 * @internal
 */
export interface SeenEntity {
  entity: Entity;
  /** Equal for callers who see the same. */
  fingerprint: string;
}

/** @internal */
export interface SeenEntitiesOptions {
  catalog: CatalogService;
  metrics?: DeliveryMetrics;
  cache?: {
    /** How long it counts whether a caller may see an entity; 0: not at all. */
    authorizationMs: number;
    clock?: { now(): number };
  };
}

/**
 * The entities that callers may see.
 *
 * @internal
 */
export class SeenEntities {
  static create(options: SeenEntitiesOptions): SeenEntities {
    return new SeenEntities(options);
  }

  private readonly entities: CallerCache<Partial<SeenEntity>>;

  private constructor(private readonly options: SeenEntitiesOptions) {
    const { cache, metrics } = options;
    this.entities = CallerCache.create({
      ttlMs: cache?.authorizationMs ?? 0,
      maxEntries: MAX_ENTITIES,
      metrics,
      clock: cache?.clock,
    });
  }

  /**
   * @throws NotFoundError if there is no such entity, or the caller may not see it
   */
  async get(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<SeenEntity> {
    const ref = stringifyEntityRef(entityRef);
    const { entity, fingerprint } = await this.entities.get(
      options.credentials,
      ref,
      async () =>
        toSeen(await this.options.catalog.getEntityByRef(entityRef, options)),
    );
    if (!entity || !fingerprint) {
      // The catalog doesn't distinguish a missing entity from a hidden one.
      throw new NotFoundError(
        `There is no entity '${ref}', or you may not see it`,
      );
    }
    return { entity, fingerprint };
  }
}

function toSeen(entity: Entity | undefined): Partial<SeenEntity> {
  if (!entity) {
    return {};
  }
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(entity))
    .digest('base64url');
  return { entity, fingerprint };
}
