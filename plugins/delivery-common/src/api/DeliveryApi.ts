import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  DeploymentsResponse,
  ImagesRequest,
  ImagesResponse,
  InstanceStatus,
  PromotionsRequest,
  PromotionsResponse,
} from './types';

/** @public */
export interface DeliveryRequestOptions {
  /** A Backstage token; not needed where the fetch API adds one. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * What Landfall's backend tells of deployments. Every method rejects with a
 * `ResponseError` that keeps the backend's message.
 *
 * @public
 */
export interface DeliveryApi {
  /** What runs where, and what is on its way. */
  getDeployments(
    entity: CompoundEntityRef,
    options?: DeliveryRequestOptions,
  ): Promise<DeploymentsResponse>;

  /** How the entity's images travelled, a page at a time. */
  getPromotions(
    entity: CompoundEntityRef,
    request?: PromotionsRequest,
    options?: DeliveryRequestOptions,
  ): Promise<PromotionsResponse>;

  /** What its repositories hold, and what the Image Updater makes of it, a page at a time. */
  getImages(
    entity: CompoundEntityRef,
    request?: ImagesRequest,
    options?: DeliveryRequestOptions,
  ): Promise<ImagesResponse>;

  /** The configured Argo CD instances and whether they are heard. */
  getInstances(options?: DeliveryRequestOptions): Promise<InstanceStatus[]>;
}
