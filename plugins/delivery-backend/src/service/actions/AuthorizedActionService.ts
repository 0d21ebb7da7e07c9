import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  type CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ACTION_PERMISSIONS,
  type ActionAvailability,
  type ActionCode,
  type ActionRecord,
  type ApplicationActionRequest,
  type AvailableActions,
  describeRefusal,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionServiceOptions,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import type { EntityApplicationRef } from '../application/types';
import type { SeenEntities } from '../SeenEntities';
import { checkEnabled } from './checkEnabled';
import type { ActionDecision, ActionService } from './types';

/** @internal */
export interface AuthorizedActionServiceOptions {
  /** `delivery.actions.enabled` */
  enabled: boolean;
  permissions: PermissionsService;
  entities: SeenEntities;
  /** Doesn't check permissions. */
  service: ActionService;
}

/**
 * Asks for the permission of each action, for the entity through which it is done, so
 * that rules about owners apply. A caller who doesn't see the entity gets the same
 * answer as if it didn't exist.
 *
 * @internal
 */
export class AuthorizedActionService implements ActionService {
  static create(
    options: AuthorizedActionServiceOptions,
  ): AuthorizedActionService {
    return new AuthorizedActionService(options);
  }

  private constructor(
    private readonly options: AuthorizedActionServiceOptions,
  ) {}

  async getAvailable(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<AvailableActions> {
    const { enabled, service } = this.options;
    const available = await service.getAvailable(ref, options);
    const items = available.items.map(({ action }) => action);
    const allowed = await this.allowed(items, ref.entity, options);
    return {
      ...available,
      items: available.items.map((item): ActionAvailability => {
        const { action } = item;
        if (!enabled) {
          return refused(item, { code: 'action.disabled', parameters: {} });
        }
        return allowed.has(action)
          ? item
          : refused(item, {
              code: 'action.permission-missing',
              parameters: { permission: ACTION_PERMISSIONS[action].name },
            });
      }),
    };
  }

  async start(
    ref: EntityApplicationRef,
    request: ApplicationActionRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<ActionRecord> {
    const { entities, service } = this.options;
    await entities.get(ref.entity, options);
    checkEnabled(this.options.enabled);
    const { action } = request;
    const allowed = await this.allowed([action], ref.entity, options);
    if (!allowed.has(action)) {
      throw new NotAllowedError(
        `You lack the permission ${
          ACTION_PERMISSIONS[action].name
        } for ${stringifyEntityRef(ref.entity)}`,
      );
    }
    return service.start(ref, request, options);
  }

  async list(
    entity: CompoundEntityRef,
    request: { cursor?: string; limit?: number },
    options: DeliveryServiceOptions,
  ): Promise<{ items: ActionRecord[]; nextCursor?: string }> {
    return this.options.service.list(entity, request, options);
  }

  /** Only who is named as an approver may decide, which the service checks. */
  async decide(
    entity: CompoundEntityRef,
    decision: ActionDecision,
    options: DeliveryServiceOptions,
  ): Promise<ActionRecord> {
    await this.options.entities.get(entity, options);
    checkEnabled(this.options.enabled);
    return this.options.service.decide(entity, decision, options);
  }

  private async allowed(
    actions: readonly ActionCode[],
    entity: CompoundEntityRef,
    options: DeliveryServiceOptions,
  ): Promise<Set<ActionCode>> {
    const resourceRef = stringifyEntityRef(entity);
    const decisions = await this.options.permissions.authorize(
      actions.map(action => ({
        permission: ACTION_PERMISSIONS[action],
        resourceRef,
      })),
      { credentials: options.credentials },
    );
    return new Set(
      actions.filter(
        (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
      ),
    );
  }
}

/** Who approves it is said in any case: others may have asked for it. */
function refused(
  { action, approvers }: ActionAvailability,
  refusal: Parameters<typeof describeRefusal>[0],
): ActionAvailability {
  return {
    action,
    allowed: false,
    refusal: describeRefusal(refusal),
    ...(approvers && { approvers }),
  };
}
