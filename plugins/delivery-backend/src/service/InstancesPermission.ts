import type { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { deliveryInstancesReadPermission } from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryServiceOptions } from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { CallerCache } from './CallerCache';

/** Only the caller and the decision. */
const MAX_CALLERS = 10_000;

/** @internal */
export interface InstancesPermissionOptions {
  permissions: PermissionsService;
  metrics?: DeliveryMetrics;
  cache?: {
    /** How long a decision counts; 0, the default: it is made for each request. */
    authorizationMs: number;
    clock?: { now(): number };
  };
}

/**
 * Who has the permission `delivery.instances.read`.
 *
 * @internal
 */
export class InstancesPermission {
  static create(options: InstancesPermissionOptions): InstancesPermission {
    return new InstancesPermission(options);
  }

  private readonly decisions: CallerCache<{ isAllowed: boolean }>;

  private constructor(private readonly options: InstancesPermissionOptions) {
    const { cache, metrics } = options;
    this.decisions = CallerCache.create({
      ttlMs: cache?.authorizationMs ?? 0,
      maxEntries: MAX_CALLERS,
      metrics,
      clock: cache?.clock,
    });
  }

  async isGranted(options: DeliveryServiceOptions): Promise<boolean> {
    const { isAllowed } = await this.decisions.get(
      options.credentials,
      deliveryInstancesReadPermission.name,
      async () => {
        const [decision] = await this.options.permissions.authorize(
          [{ permission: deliveryInstancesReadPermission }],
          options,
        );
        return { isAllowed: decision.result === AuthorizeResult.ALLOW };
      },
    );
    return isAllowed;
  }
}
