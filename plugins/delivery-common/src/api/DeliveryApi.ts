import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  DeploymentsResponse,
  ImagesRequest,
  ImagesResponse,
  InstanceStatus,
  OverviewResponse,
  PromotionsRequest,
  PromotionsResponse,
  VersionsRequest,
  VersionsResponse,
} from './types';

/** @public */
export interface DeliveryRequestOptions {
  /** A Backstage token; not needed where the fetch API adds one. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * The API of Landfall's backend. Every method rejects with a `ResponseError`
 * that keeps the backend's message.
 *
 * @public
 */
export interface DeliveryApi {
  /** Everything that a page shows of an entity at first, in one request. */
  getOverview(
    entity: CompoundEntityRef,
    options?: DeliveryRequestOptions,
  ): Promise<OverviewResponse>;

  /** What runs where, and what is on its way. */
  getDeployments(
    entity: CompoundEntityRef,
    options?: DeliveryRequestOptions,
  ): Promise<DeploymentsResponse>;

  /** The promotions of the entity's images, one page at a time. */
  getPromotions(
    entity: CompoundEntityRef,
    request?: PromotionsRequest,
    options?: DeliveryRequestOptions,
  ): Promise<PromotionsResponse>;

  /**
   * The images in the entity's repositories, with the Image Updater's verdicts,
   * one page at a time.
   */
  getImages(
    entity: CompoundEntityRef,
    request?: ImagesRequest,
    options?: DeliveryRequestOptions,
  ): Promise<ImagesResponse>;

  /**
   * The versions of one image repository of the entity, newest first, with what
   * each is in each environment, one page at a time.
   */
  getVersions(
    entity: CompoundEntityRef,
    request?: VersionsRequest,
    options?: DeliveryRequestOptions,
  ): Promise<VersionsResponse>;

  /** The configured Argo CD instances, and whether they are followed. */
  getInstances(options?: DeliveryRequestOptions): Promise<InstanceStatus[]>;
}
