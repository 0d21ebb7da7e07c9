import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { ApplicationRef } from '../model/application';
import type { DeliveryRequestOptions } from '../api/DeliveryApi';
import type {
  ActionRecord,
  ApplicationActionRequest,
  AvailableActions,
} from './types';
import type {
  VersionChangePreview,
  VersionChangeRequest,
} from './versionChanges';

/**
 * The options of a request that changes something.
 *
 * @public
 */
export interface DeliveryActionOptions extends DeliveryRequestOptions {
  /**
   * The same key for every attempt at the same action (header `Idempotency-Key`):
   * however often it is sent, the action is done once. 16 to 128 characters of
   * `A-Z a-z 0-9 _ -`.
   */
  idempotencyKey: string;
}

/**
 * The part of Landfall's API that changes something. Every method rejects with a
 * `ResponseError` that keeps the backend's message: 400 for a request that can't
 * be carried out, 403 without the permission, 404 where the application isn't
 * provably the entity's own, 409 if it has changed since the page was shown or an
 * operation is in progress.
 *
 * @public
 */
export interface DeliveryActionsApi {
  /** What the caller may do with one of the entity's applications now. */
  getAvailableActions(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    options?: DeliveryRequestOptions,
  ): Promise<AvailableActions>;

  /**
   * Starts an action; its result comes with the entity's signals. Once a record of
   * it is written, it resolves, also if Argo CD refuses: the record is `failed` then,
   * and its `message` is Argo CD's own.
   */
  startAction(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    request: ApplicationActionRequest,
    options: DeliveryActionOptions,
  ): Promise<ActionRecord>;

  /** The actions on the entity's applications, the latest first. */
  getActions(
    entity: CompoundEntityRef,
    request?: { cursor?: string; limit?: number },
    options?: DeliveryRequestOptions,
  ): Promise<{ items: ActionRecord[]; nextCursor?: string }>;

  /** Approves or rejects an action that waits for it, and starts it if approved. */
  decideAction(
    entity: CompoundEntityRef,
    decision: { id: string; approve: boolean; reason?: string },
    options?: DeliveryRequestOptions,
  ): Promise<ActionRecord>;

  /** What a change of versions would do, without doing it. */
  previewVersionChange(
    request: VersionChangeRequest,
    options?: DeliveryRequestOptions,
  ): Promise<VersionChangePreview>;

  /** Makes a change of versions; one record for each item, in their order. */
  startVersionChange(
    request: VersionChangeRequest,
    options: DeliveryActionOptions,
  ): Promise<{ items: ActionRecord[] }>;
}
