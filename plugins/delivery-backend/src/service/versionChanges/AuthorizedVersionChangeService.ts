import type { PermissionsService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ACTION_PERMISSIONS,
  type ActionRecord,
  type VersionChangePreview,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionServiceOptions,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import { checkEnabled } from '../actions/checkEnabled';
import type { SeenEntities } from '../SeenEntities';
import type { VersionChangeService } from './types';

/** @internal */
export interface AuthorizedVersionChangeServiceOptions {
  /** `delivery.actions.enabled` */
  enabled: boolean;
  permissions: PermissionsService;
  entities: SeenEntities;
  /** Doesn't check permissions. */
  service: VersionChangeService;
}

/**
 * Asks for the permission of the action for the entity of each item. One without it
 * refuses the whole change; the preview too, as it shows files of the repository.
 *
 * @internal
 */
export class AuthorizedVersionChangeService implements VersionChangeService {
  static create(
    options: AuthorizedVersionChangeServiceOptions,
  ): AuthorizedVersionChangeService {
    return new AuthorizedVersionChangeService(options);
  }

  private constructor(
    private readonly options: AuthorizedVersionChangeServiceOptions,
  ) {}

  async preview(
    request: VersionChangeRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionChangePreview> {
    await this.check(request, options);
    return this.options.service.preview(request, options);
  }

  async start(
    request: VersionChangeRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<{ items: ActionRecord[] }> {
    await this.check(request, options);
    return this.options.service.start(request, options);
  }

  private async check(
    { action, items }: VersionChangeRequest,
    options: DeliveryServiceOptions,
  ): Promise<void> {
    const { enabled, permissions, entities } = this.options;
    const refs = [
      ...new Set(
        items.map(({ entityRef }) =>
          stringifyEntityRef(parseEntityRef(entityRef)),
        ),
      ),
    ];
    // Whoever doesn't see an entity gets the same answer as if it didn't exist.
    for (const ref of refs) {
      await entities.get(parseEntityRef(ref), options);
    }
    checkEnabled(enabled);
    const permission = ACTION_PERMISSIONS[action];
    const decisions = await permissions.authorize(
      refs.map(resourceRef => ({ permission, resourceRef })),
      { credentials: options.credentials },
    );
    const refused = refs.filter(
      (_, index) => decisions[index].result !== AuthorizeResult.ALLOW,
    );
    if (refused.length > 0) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name} for ${refused.join(', ')}`,
      );
    }
  }
}
