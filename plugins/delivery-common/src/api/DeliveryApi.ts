import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { ApplicationRef } from '../model/application';
import type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationEventsRequest,
  ApplicationResources,
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

  /**
   * What the Image Updater would do with the images of the entity's applications,
   * and with a tag that may not be pushed yet.
   */
  getWouldUpdate(
    entity: CompoundEntityRef,
    request?: WouldUpdateRequest,
    options?: DeliveryRequestOptions,
  ): Promise<WouldUpdateResponse>;

  /**
   * The applications of services that the caller may see which use an image
   * repository, with what each runs of it.
   */
  getImageUsers(
    request: ImageUsersRequest,
    options?: DeliveryRequestOptions,
  ): Promise<ImageUsersResponse>;

  /**
   * The services that the caller may see, with the state of their applications,
   * one page at a time.
   */
  getFleet(
    request?: FleetRequest,
    options?: DeliveryRequestOptions,
  ): Promise<FleetResponse>;

  /** How well versions are delivered, in figures. */
  getPerformance(
    request?: PerformanceRequest,
    options?: DeliveryRequestOptions,
  ): Promise<PerformanceResponse>;

  /** One of the entity's applications, as it is stored. */
  getApplication(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    options?: DeliveryRequestOptions,
  ): Promise<ApplicationDetails>;

  /** Its resources, read from Argo CD. */
  getApplicationResources(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    options?: DeliveryRequestOptions,
  ): Promise<ApplicationResources>;

  /** How one of its resources differs from Git, read from Argo CD. */
  getApplicationDiff(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    request: ApplicationDiffRequest,
    options?: DeliveryRequestOptions,
  ): Promise<ApplicationDiff>;

  /** The latest Kubernetes events of it or of one of its resources, read from Argo CD. */
  getApplicationEvents(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    request?: ApplicationEventsRequest,
    options?: DeliveryRequestOptions,
  ): Promise<ApplicationEvents>;

  /** The configured Argo CD instances, and whether they are followed. */
  getInstances(options?: DeliveryRequestOptions): Promise<InstanceStatus[]>;
}
