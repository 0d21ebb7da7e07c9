import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CompoundEntityRef, Entity } from '@backstage/catalog-model';
import type {
  DeploymentsResponse,
  ImagesResponse,
  InstanceStatus,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * Which promotions are asked for, and how many.
 *
 * @internal
 */
export interface PromotionsQuery {
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
  environment?: string;
  repository?: string;
  /** A `PromotionOutcome`, or `open` for promotions without one. */
  outcome?: string;
}

/**
 * Which images are asked for, and how many.
 *
 * @internal
 */
export interface ImagesQuery {
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
  repository?: string;
}

/**
 * What is deployed of a catalog entity, for a caller. Rejects with a
 * `NotFoundError` if there is no such entity or the caller may not see it.
 *
 * @internal
 */
export interface DeliveryService {
  getDeployments(
    entityRef: CompoundEntityRef,
    options: { credentials: BackstageCredentials },
  ): Promise<DeploymentsResponse>;

  /** Rejects with an `InputError` for a cursor that isn't one of ours. */
  getPromotions(
    entityRef: CompoundEntityRef,
    query: PromotionsQuery,
    options: { credentials: BackstageCredentials },
  ): Promise<PromotionsResponse>;

  /** Rejects with an `InputError` for a cursor that isn't one of ours. */
  getImages(
    entityRef: CompoundEntityRef,
    query: ImagesQuery,
    options: { credentials: BackstageCredentials },
  ): Promise<ImagesResponse>;

  getInstances(options: {
    credentials: BackstageCredentials;
  }): Promise<InstanceStatus[]>;
}

/**
 * The same for an entity that is at hand: no question of who asks.
 *
 * @internal
 */
export interface DeliveryReader {
  deploymentsOf(entity: Entity): Promise<DeploymentsResponse>;
  promotionsOf(
    entity: Entity,
    query: PromotionsQuery,
  ): Promise<PromotionsResponse>;
  imagesOf(entity: Entity, query: ImagesQuery): Promise<ImagesResponse>;
  instances(): Promise<InstanceStatus[]>;
}
