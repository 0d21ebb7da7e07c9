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
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import {
  InstancesPermission,
  type InstancesPermissionOptions,
} from './InstancesPermission';
import {
  hasDetails,
  oncePerObject,
  withoutDetail,
  withoutErrorDetail,
} from './visibility';

/** @internal */
export interface AuthorizedDeliveryServiceOptions
  extends InstancesPermissionOptions {
  /** Doesn't check the permission. */
  service: DeliveryService;
}

/**
 * Shows details of errors, addresses and names that belong to no entity only to callers
 * with the permission `delivery.instances.read`.
 *
 * @internal
 */
export class AuthorizedDeliveryService implements DeliveryService {
  static create(
    options: AuthorizedDeliveryServiceOptions,
  ): AuthorizedDeliveryService {
    return new AuthorizedDeliveryService(options);
  }

  private readonly permission: InstancesPermission;
  // An answer that many callers share has one version without details, too.
  private readonly forAnybody = {
    overview: oncePerObject(overviewForAnybody),
    deployments: oncePerObject(deploymentsForAnybody),
    images: oncePerObject(imagesForAnybody),
    fleet: oncePerObject(fleetForAnybody),
  };

  private constructor(
    private readonly options: AuthorizedDeliveryServiceOptions,
  ) {
    this.permission = InstancesPermission.create(options);
  }

  async getOverview(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<OverviewResponse> {
    const overview = await this.options.service.getOverview(entityRef, options);
    const { deployments, images } = overview;
    return (!hasDetails(deployments) && !hasDetails(images)) ||
      (await this.permission.isGranted(options))
      ? overview
      : this.forAnybody.overview(overview);
  }

  async getDeployments(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<DeploymentsResponse> {
    const response = await this.options.service.getDeployments(
      entityRef,
      options,
    );
    return !hasDetails(response) || (await this.permission.isGranted(options))
      ? response
      : this.forAnybody.deployments(response);
  }

  async getPromotions(
    entityRef: CompoundEntityRef,
    request: PromotionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<PromotionsResponse> {
    return this.options.service.getPromotions(entityRef, request, options);
  }

  async getImages(
    entityRef: CompoundEntityRef,
    request: ImagesRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImagesResponse> {
    const response = await this.options.service.getImages(
      entityRef,
      request,
      options,
    );
    return !hasDetails(response) || (await this.permission.isGranted(options))
      ? response
      : this.forAnybody.images(response);
  }

  async getVersions(
    entityRef: CompoundEntityRef,
    request: VersionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionsResponse> {
    return this.options.service.getVersions(entityRef, request, options);
  }

  async getWouldUpdate(
    entityRef: CompoundEntityRef,
    request: WouldUpdateRequest,
    options: DeliveryServiceOptions,
  ): Promise<WouldUpdateResponse> {
    return this.options.service.getWouldUpdate(entityRef, request, options);
  }

  async getImageUsers(
    request: ImageUsersRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImageUsersResponse> {
    return this.options.service.getImageUsers(request, options);
  }

  async getFleet(
    request: FleetRequest,
    options: DeliveryServiceOptions,
  ): Promise<FleetResponse> {
    const response = await this.options.service.getFleet(request, options);
    return !hasDetails(response) || (await this.permission.isGranted(options))
      ? response
      : this.forAnybody.fleet(response);
  }

  async getPerformance(
    request: PerformanceRequest,
    options: DeliveryServiceOptions,
  ): Promise<PerformanceResponse> {
    return this.options.service.getPerformance(request, options);
  }

  async getInstances(
    options: DeliveryServiceOptions,
  ): Promise<InstanceStatus[]> {
    const instances = await this.options.service.getInstances(options);
    return !hasDetails({ instances }) ||
      (await this.permission.isGranted(options))
      ? instances
      : instances.map(withoutErrorDetail);
  }
}

function overviewForAnybody(overview: OverviewResponse): OverviewResponse {
  return {
    ...overview,
    deployments: deploymentsForAnybody(overview.deployments),
    images: imagesForAnybody(overview.images),
  };
}

function deploymentsForAnybody(
  response: DeploymentsResponse,
): DeploymentsResponse {
  return {
    ...response,
    instances: response.instances.map(withoutErrorDetail),
    problems: response.problems.map(withoutDetail),
  };
}

function imagesForAnybody(response: ImagesResponse): ImagesResponse {
  return { ...response, problems: response.problems.map(withoutDetail) };
}

function fleetForAnybody(response: FleetResponse): FleetResponse {
  return {
    ...response,
    instances: response.instances.map(withoutErrorDetail),
  };
}
