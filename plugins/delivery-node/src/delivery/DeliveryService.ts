import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  DeploymentsResponse,
  FleetRequest,
  FleetResponse,
  ImagesRequest,
  ImagesResponse,
  ImageUsersRequest,
  ImageUsersResponse,
  InstanceStatus,
  OverviewResponse,
  PerformanceRequest,
  PerformanceResponse,
  PromotionsRequest,
  PromotionsResponse,
  VersionsRequest,
  VersionsResponse,
  WouldUpdateRequest,
  WouldUpdateResponse,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The caller of a method.
 *
 * @public
 */
export interface DeliveryServiceOptions {
  credentials: BackstageCredentials;
}

/**
 * The deployments, promotions and images of catalog entities, as far as the
 * caller may see them. The methods for an entity reject with a `NotFoundError`
 * if the entity doesn't exist or the caller may not see it. The methods with a
 * cursor reject with an `InputError` if the cursor doesn't come from an earlier
 * response. Results may be shared between callers: don't change them.
 *
 * @public
 */
export interface DeliveryService {
  /** Everything that a page shows of an entity at first, as of one moment. */
  getOverview(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<OverviewResponse>;

  getDeployments(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<DeploymentsResponse>;

  getPromotions(
    entityRef: CompoundEntityRef,
    request: PromotionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<PromotionsResponse>;

  getImages(
    entityRef: CompoundEntityRef,
    request: ImagesRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImagesResponse>;

  getVersions(
    entityRef: CompoundEntityRef,
    request: VersionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionsResponse>;

  /**
   * What the Image Updater would do with the known images of the entity's
   * applications, and with a tag that may not be pushed yet.
   */
  getWouldUpdate(
    entityRef: CompoundEntityRef,
    request: WouldUpdateRequest,
    options: DeliveryServiceOptions,
  ): Promise<WouldUpdateResponse>;

  /**
   * The applications of services that the caller may see which use an image
   * repository, with what each runs of it.
   */
  getImageUsers(
    request: ImageUsersRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImageUsersResponse>;

  /** The services that the caller may see, with the state of their applications. */
  getFleet(
    request: FleetRequest,
    options: DeliveryServiceOptions,
  ): Promise<FleetResponse>;

  /**
   * How well versions are delivered. Rejects with an `InputError` if the request
   * asks for something impossible, such as a period that ends before it begins.
   */
  getPerformance(
    request: PerformanceRequest,
    options: DeliveryServiceOptions,
  ): Promise<PerformanceResponse>;

  getInstances(options: DeliveryServiceOptions): Promise<InstanceStatus[]>;
}
