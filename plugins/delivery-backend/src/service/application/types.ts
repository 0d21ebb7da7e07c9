import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationEventsRequest,
  ApplicationRef,
  ApplicationResources,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryServiceOptions } from '@landfall/backstage-plugin-delivery-node';

/**
 * An application as an entity's own.
 *
 * @internal
 */
export interface EntityApplicationRef {
  entity: CompoundEntityRef;
  application: ApplicationRef;
}

/**
 * Details of single applications of catalog entities, without what the caller may
 * not see. All methods reject with a `NotFoundError` if the entity doesn't exist, the
 * caller may not see it, or the application isn't one that may be shown for it;
 * the error doesn't tell whether such an application exists.
 *
 * What is read from Argo CD on request has its error in the result, so that a page
 * shows the other parts.
 *
 * @internal
 */
export interface ApplicationService {
  /** From the store. */
  getApplication(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationDetails>;

  /** From Argo CD. */
  getResources(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationResources>;

  /**
   * From Argo CD. Rejects with a `NotFoundError` if the application doesn't manage
   * the resource.
   */
  getDiff(
    ref: EntityApplicationRef,
    request: ApplicationDiffRequest,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationDiff>;

  /**
   * From Argo CD. Rejects with a `NotFoundError` if the application doesn't have the
   * resource.
   */
  getEvents(
    ref: EntityApplicationRef,
    request: ApplicationEventsRequest,
    options: DeliveryServiceOptions,
  ): Promise<ApplicationEvents>;
}
