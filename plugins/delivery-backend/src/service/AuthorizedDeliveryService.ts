import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type CompoundEntityRef,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  DeploymentsResponse,
  ImagesResponse,
  InstanceStatus,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryReader,
  DeliveryService,
  ImagesQuery,
  PromotionsQuery,
} from './types';

/**
 * Lets a caller see the deployments of those entities that the catalog lets
 * them see.
 *
 * @internal
 */
export class AuthorizedDeliveryService implements DeliveryService {
  static create(options: {
    catalog: CatalogService;
    reader: DeliveryReader;
  }): AuthorizedDeliveryService {
    return new AuthorizedDeliveryService(options.catalog, options.reader);
  }

  private constructor(
    private readonly catalog: CatalogService,
    private readonly reader: DeliveryReader,
  ) {}

  async getDeployments(
    entityRef: CompoundEntityRef,
    options: { credentials: BackstageCredentials },
  ): Promise<DeploymentsResponse> {
    return this.reader.deploymentsOf(await this.entity(entityRef, options));
  }

  async getPromotions(
    entityRef: CompoundEntityRef,
    query: PromotionsQuery,
    options: { credentials: BackstageCredentials },
  ): Promise<PromotionsResponse> {
    return this.reader.promotionsOf(
      await this.entity(entityRef, options),
      query,
    );
  }

  async getImages(
    entityRef: CompoundEntityRef,
    query: ImagesQuery,
    options: { credentials: BackstageCredentials },
  ): Promise<ImagesResponse> {
    return this.reader.imagesOf(await this.entity(entityRef, options), query);
  }

  async getInstances(_options: {
    credentials: BackstageCredentials;
  }): Promise<InstanceStatus[]> {
    return this.reader.instances();
  }

  private async entity(
    entityRef: CompoundEntityRef,
    options: { credentials: BackstageCredentials },
  ): Promise<Entity> {
    const entity = await this.catalog.getEntityByRef(entityRef, options);
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
