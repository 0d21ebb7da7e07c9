import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  ActionCode,
  ActionRecord,
  ApplicationActionRequest,
  AvailableActions,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionServiceOptions,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import type { StoredAction } from '../../store/operations/actions';
import type { EntityApplicationRef } from '../application/types';

/**
 * The decision on an action that waits for approval.
 *
 * @internal
 */
export interface ActionDecision {
  id: string;
  approve: boolean;
  reason?: string;
}

/**
 * What people do with applications of catalog entities. All methods reject with a
 * `NotFoundError` if the entity doesn't exist, the caller may not see it, or the
 * application isn't one of its own; the error doesn't tell whether such an
 * application exists.
 *
 * @internal
 */
export interface ActionService {
  /** What the state of the application permits the caller now. */
  getAvailable(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<AvailableActions>;

  /**
   * Stores an action and carries it out, unless it waits for approval or was stored
   * before. Rejects with a `ConflictError` if the application has changed or is
   * busy; nothing is stored then.
   */
  start(
    ref: EntityApplicationRef,
    request: ApplicationActionRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<ActionRecord>;

  /** The actions on the entity's applications, the latest first. */
  list(
    entity: CompoundEntityRef,
    request: { cursor?: string; limit?: number },
    options: DeliveryServiceOptions,
  ): Promise<{ items: ActionRecord[]; nextCursor?: string }>;

  /** Carries out an action that waits for approval, or rejects it. */
  decide(
    entity: CompoundEntityRef,
    decision: ActionDecision,
    options: DeliveryServiceOptions,
  ): Promise<ActionRecord>;
}

/**
 * Carries out actions of some kinds in another system.
 *
 * @internal
 */
export interface ActionCarrier {
  readonly actions: readonly ActionCode[];

  /**
   * Does what was stored, once, and stores what became of it. Doesn't reject if the
   * other system fails: that is part of the record.
   */
  carryOut(action: StoredAction): Promise<ActionRecord>;
}
