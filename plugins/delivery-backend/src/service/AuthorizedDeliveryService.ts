import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type DeploymentsResponse,
  deliveryInstancesReadPermission,
  type ImagesRequest,
  type ImagesResponse,
  type InstanceStatus,
  type PromotionsRequest,
  type PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import { withoutDetail, withoutErrorDetail } from './visibility';

/** @internal */
export interface AuthorizedDeliveryServiceOptions {
  permissions: PermissionsService;
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

  private constructor(
    private readonly options: AuthorizedDeliveryServiceOptions,
  ) {}

  async getDeployments(
    entityRef: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<DeploymentsResponse> {
    const response = await this.options.service.getDeployments(
      entityRef,
      options,
    );
    const { instances, problems } = response;
    const isSafe =
      instances.every(({ error }) => !error?.detail) &&
      problems.every(({ detail }) => detail === undefined);
    return isSafe || (await this.maySeeInstances(options))
      ? response
      : {
          ...response,
          instances: instances.map(withoutErrorDetail),
          problems: problems.map(withoutDetail),
        };
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
    const { problems } = response;
    const isSafe = problems.every(({ detail }) => detail === undefined);
    return isSafe || (await this.maySeeInstances(options))
      ? response
      : { ...response, problems: problems.map(withoutDetail) };
  }

  async getInstances(
    options: DeliveryServiceOptions,
  ): Promise<InstanceStatus[]> {
    const instances = await this.options.service.getInstances(options);
    const isSafe = instances.every(({ error }) => !error?.detail);
    return isSafe || (await this.maySeeInstances(options))
      ? instances
      : instances.map(withoutErrorDetail);
  }

  private async maySeeInstances(
    options: DeliveryServiceOptions,
  ): Promise<boolean> {
    const [decision] = await this.options.permissions.authorize(
      [{ permission: deliveryInstancesReadPermission }],
      options,
    );
    return decision.result === AuthorizeResult.ALLOW;
  }
}
