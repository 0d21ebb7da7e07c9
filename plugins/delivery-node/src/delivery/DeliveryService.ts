import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  DeploymentsResponse,
  ImagesRequest,
  ImagesResponse,
  InstanceStatus,
  PromotionsRequest,
  PromotionsResponse,
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
 * response.
 *
 * @public
 */
export interface DeliveryService {
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

  getInstances(options: DeliveryServiceOptions): Promise<InstanceStatus[]>;
}
