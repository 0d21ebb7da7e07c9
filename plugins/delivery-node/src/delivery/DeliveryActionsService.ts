import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  ActionRecord,
  ApplicationActionRequest,
  ApplicationRef,
  AvailableActions,
  VersionChangePreview,
  VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryServiceOptions } from './DeliveryService';

/**
 * The caller of a method that changes something. It has to be a user, or a service
 * on behalf of one: somebody answers for what is done.
 *
 * @public
 */
export interface DeliveryActionServiceOptions extends DeliveryServiceOptions {
  /**
   * The same key for every attempt at the same action: however often it is asked
   * for, it is done once. 16 to 128 characters of `A-Z a-z 0-9 _ -`.
   */
  idempotencyKey: string;
}

/**
 * What the caller may do with applications of catalog entities. The methods reject
 * with a `NotFoundError` if the caller may not see the entity, or the application
 * isn't provably its own, with a `NotAllowedError` without the permission of the
 * action, with a `ConflictError` if the application has changed since the caller
 * looked or something is in progress, and with an `InputError` if the request can't
 * be carried out.
 *
 * @public
 */
export interface DeliveryActionsService {
  getAvailableActions(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<AvailableActions>;

  /**
   * Starts an action. Once a record of it is written, it resolves, also if Argo CD
   * refuses: the record is `failed` then.
   */
  startAction(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    request: ApplicationActionRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<ActionRecord>;

  /** The actions on the entity's applications, the latest first. */
  getActions(
    entity: CompoundEntityRef,
    request: { cursor?: string; limit?: number },
    options: DeliveryServiceOptions,
  ): Promise<{ items: ActionRecord[]; nextCursor?: string }>;

  /** Approves or rejects an action that waits for it, and starts it if approved. */
  decideAction(
    entity: CompoundEntityRef,
    decision: { id: string; approve: boolean; reason?: string },
    options: DeliveryServiceOptions,
  ): Promise<ActionRecord>;

  /** What a change of versions in Git would do, without doing it. */
  previewVersionChange(
    request: VersionChangeRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionChangePreview>;

  /** Makes a change of versions; one record for each item, in their order. */
  startVersionChange(
    request: VersionChangeRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<{ items: ActionRecord[] }>;
}
