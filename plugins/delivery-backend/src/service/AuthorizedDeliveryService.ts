import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  type CompoundEntityRef,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type DeploymentsResponse,
  deliveryInstancesReadPermission,
  type ImagesResponse,
  type InstanceStatus,
  type PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryReader,
  DeliveryService,
  ImagesQuery,
  PromotionsQuery,
} from './types';
import { withoutDetail, withoutErrorText } from './visibility';

/** @internal */
export interface AuthorizedDeliveryServiceOptions {
  catalog: CatalogService;
  permissions: PermissionsService;
  reader: DeliveryReader;
}

/**
 * Lets a caller see the deployments of those entities that the catalog lets
 * them see; and error texts, addresses and names that belong to no entity only
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
    options: { credentials: BackstageCredentials },
  ): Promise<DeploymentsResponse> {
    const response = await this.options.reader.deploymentsOf(
      await this.entity(entityRef, options),
    );
    const { instances, problems } = response;
    const isSafe =
      instances.every(({ error }) => error === undefined) &&
      problems.every(({ detail }) => detail === undefined);
    return isSafe || (await this.maySeeInstances(options))
      ? response
      : {
          ...response,
          instances: instances.map(withoutErrorText),
          problems: problems.map(withoutDetail),
        };
  }

  async getPromotions(
    entityRef: CompoundEntityRef,
    query: PromotionsQuery,
    options: { credentials: BackstageCredentials },
  ): Promise<PromotionsResponse> {
    return this.options.reader.promotionsOf(
      await this.entity(entityRef, options),
      query,
    );
  }

  async getImages(
    entityRef: CompoundEntityRef,
    query: ImagesQuery,
    options: { credentials: BackstageCredentials },
  ): Promise<ImagesResponse> {
    const response = await this.options.reader.imagesOf(
      await this.entity(entityRef, options),
      query,
    );
    const { problems } = response;
    const isSafe = problems.every(({ detail }) => detail === undefined);
    return isSafe || (await this.maySeeInstances(options))
      ? response
      : { ...response, problems: problems.map(withoutDetail) };
  }

  async getInstances(options: {
    credentials: BackstageCredentials;
  }): Promise<InstanceStatus[]> {
    const instances = await this.options.reader.instances();
    const isSafe = instances.every(({ error }) => error === undefined);
    return isSafe || (await this.maySeeInstances(options))
      ? instances
      : instances.map(withoutErrorText);
  }

  private async maySeeInstances(options: {
    credentials: BackstageCredentials;
  }): Promise<boolean> {
    const [decision] = await this.options.permissions.authorize(
      [{ permission: deliveryInstancesReadPermission }],
      options,
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  private async entity(
    entityRef: CompoundEntityRef,
    options: { credentials: BackstageCredentials },
  ): Promise<Entity> {
    const entity = await this.options.catalog.getEntityByRef(
      entityRef,
      options,
    );
    if (!entity) {
      // The catalog doesn't tell one that is missing from one that is hidden.
      throw new NotFoundError(
        `There is no entity '${stringifyEntityRef(
          entityRef,
        )}', or you may not see it`,
      );
    }
    return entity;
  }
}
