import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CompoundEntityRef, Entity } from '@backstage/catalog-model';
import type {
  DeploymentsResponse,
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
  instances(): Promise<InstanceStatus[]>;
}
