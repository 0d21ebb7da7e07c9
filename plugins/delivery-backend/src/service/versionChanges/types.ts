import type {
  ActionRecord,
  VersionChangePreview,
  VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionServiceOptions,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';

/**
 * Changes versions in configuration repositories. Every item is judged like an action
 * of its own: rejects with a `NotFoundError` if the caller doesn't see the entity or
 * the application isn't provably its own, with a `NotAllowedError` without the
 * permission.
 *
 * @internal
 */
export interface VersionChangeService {
  /** What a change would do, without doing it. What stands in its way is in the items. */
  preview(
    request: VersionChangeRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionChangePreview>;

  /**
   * Stores one action for each item, and carries out those that don't wait for
   * approval. Rejects before anything is stored if an application has changed or a
   * value can't be edited.
   */
  start(
    request: VersionChangeRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<{ items: ActionRecord[] }>;
}
