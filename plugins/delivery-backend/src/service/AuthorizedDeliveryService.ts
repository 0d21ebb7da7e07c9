import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type DeploymentsResponse,
  deliveryInstancesReadPermission,
  type ImagesRequest,
  type ImagesResponse,
  type InstanceStatus,
  type OverviewResponse,
  type PromotionsRequest,
  type PromotionsResponse,
  type VersionsRequest,
  type VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import { CallerCache } from './CallerCache';
import {
  hasDetails,
  oncePerObject,
  withoutDetail,
  withoutErrorDetail,
} from './visibility';

/** Only the caller and the decision. */
const MAX_CALLERS = 10_000;

/** @internal */
export interface AuthorizedDeliveryServiceOptions {
  permissions: PermissionsService;
  /** Doesn't check the permission. */
  service: DeliveryService;
  cache?: {
    /** How long a decision counts; 0, the default: it is made for each request. */
    authorizationMs: number;
    clock?: { now(): number };
  };
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

  private readonly decisions: CallerCache<{ isAllowed: boolean }>;
  // An answer that many callers share has one version without details, too.
  private readonly forAnybody = {
    overview: oncePerObject(overviewForAnybody),
    deployments: oncePerObject(deploymentsForAnybody),
    images: oncePerObject(imagesForAnybody),
  };

  private constructor(
    private readonly options: AuthorizedDeliveryServiceOptions,
  ) {
    const { cache } = options;
    this.decisions = CallerCache.create({
      ttlMs: cache?.authorizationMs ?? 0,
      maxEntries: MAX_CALLERS,
      clock: cache?.clock,
    });
  }

  async getOverview(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<OverviewResponse> {
    const overview = await this.options.service.getOverview(entityRef, options);
    const { deployments, images } = overview;
    return (!hasDetails(deployments) && !hasDetails(images)) ||
      (await this.maySeeInstances(options))
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
    return !hasDetails(response) || (await this.maySeeInstances(options))
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
    return !hasDetails(response) || (await this.maySeeInstances(options))
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

  async getInstances(
    options: DeliveryServiceOptions,
  ): Promise<InstanceStatus[]> {
    const instances = await this.options.service.getInstances(options);
    return !hasDetails({ instances }) || (await this.maySeeInstances(options))
      ? instances
      : instances.map(withoutErrorDetail);
  }

  private async maySeeInstances(
    options: DeliveryServiceOptions,
  ): Promise<boolean> {
    const { isAllowed } = await this.decisions.get(
      options.credentials,
      deliveryInstancesReadPermission.name,
      async () => {
        const [decision] = await this.options.permissions.authorize(
          [{ permission: deliveryInstancesReadPermission }],
          options,
        );
        return { isAllowed: decision.result === AuthorizeResult.ALLOW };
      },
    );
    return isAllowed;
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
