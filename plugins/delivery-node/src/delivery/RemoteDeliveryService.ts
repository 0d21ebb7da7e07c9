import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import {
  DeliveryClient,
  type DeploymentsResponse,
  type FleetRequest,
  type FleetResponse,
  type ImagesRequest,
  type ImagesResponse,
  type ImageUsersRequest,
  type ImageUsersResponse,
  type InstanceStatus,
  type OverviewResponse,
  type PerformanceRequest,
  type PerformanceResponse,
  type PromotionsRequest,
  type PromotionsResponse,
  type VersionsRequest,
  type VersionsResponse,
  type WouldUpdateRequest,
  type WouldUpdateResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from './DeliveryService';
import { deliveryToken } from './deliveryToken';

/**
 * Calls the delivery plugin over HTTP on behalf of the caller, wherever the
 * plugin runs.
 */
export class RemoteDeliveryService implements DeliveryService {
  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): RemoteDeliveryService {
    return new RemoteDeliveryService(
      options.auth,
      new DeliveryClient({ discoveryApi: options.discovery }),
    );
  }

  private constructor(
    private readonly auth: AuthService,
    private readonly client: DeliveryClient,
  ) {}

  async getOverview(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<OverviewResponse> {
    return this.client.getOverview(
      entityRef,
      await deliveryToken(this.auth, options),
    );
  }

  async getDeployments(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<DeploymentsResponse> {
    return this.client.getDeployments(
      entityRef,
      await deliveryToken(this.auth, options),
    );
  }

  async getPromotions(
    entityRef: CompoundEntityRef,
    request: PromotionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<PromotionsResponse> {
    return this.client.getPromotions(
      entityRef,
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async getImages(
    entityRef: CompoundEntityRef,
    request: ImagesRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImagesResponse> {
    return this.client.getImages(
      entityRef,
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async getVersions(
    entityRef: CompoundEntityRef,
    request: VersionsRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionsResponse> {
    return this.client.getVersions(
      entityRef,
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async getWouldUpdate(
    entityRef: CompoundEntityRef,
    request: WouldUpdateRequest,
    options: DeliveryServiceOptions,
  ): Promise<WouldUpdateResponse> {
    return this.client.getWouldUpdate(
      entityRef,
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async getImageUsers(
    request: ImageUsersRequest,
    options: DeliveryServiceOptions,
  ): Promise<ImageUsersResponse> {
    return this.client.getImageUsers(
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async getFleet(
    request: FleetRequest,
    options: DeliveryServiceOptions,
  ): Promise<FleetResponse> {
    return this.client.getFleet(
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async getPerformance(
    request: PerformanceRequest,
    options: DeliveryServiceOptions,
  ): Promise<PerformanceResponse> {
    return this.client.getPerformance(
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async getInstances(
    options: DeliveryServiceOptions,
  ): Promise<InstanceStatus[]> {
    return this.client.getInstances(await deliveryToken(this.auth, options));
  }
}
