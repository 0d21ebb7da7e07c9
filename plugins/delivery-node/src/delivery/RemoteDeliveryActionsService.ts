import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import {
  type ActionRecord,
  type ApplicationActionRequest,
  type ApplicationRef,
  type AvailableActions,
  DeliveryClient,
  type VersionChangePreview,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionServiceOptions,
  DeliveryActionsService,
} from './DeliveryActionsService';
import type { DeliveryServiceOptions } from './DeliveryService';
import { deliveryToken } from './deliveryToken';

/**
 * Calls the delivery plugin over HTTP on behalf of the caller, wherever the
 * plugin runs, so that its checks, limits and audit apply.
 */
export class RemoteDeliveryActionsService implements DeliveryActionsService {
  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): RemoteDeliveryActionsService {
    return new RemoteDeliveryActionsService(
      options.auth,
      new DeliveryClient({ discoveryApi: options.discovery }),
    );
  }

  private constructor(
    private readonly auth: AuthService,
    private readonly client: DeliveryClient,
  ) {}

  async getAvailableActions(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<AvailableActions> {
    return this.client.getAvailableActions(
      entity,
      application,
      await deliveryToken(this.auth, options),
    );
  }

  async startAction(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    request: ApplicationActionRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<ActionRecord> {
    return this.client.startAction(entity, application, request, {
      ...(await deliveryToken(this.auth, options)),
      idempotencyKey: options.idempotencyKey,
    });
  }

  async getActions(
    entity: CompoundEntityRef,
    request: { cursor?: string; limit?: number },
    options: DeliveryServiceOptions,
  ): Promise<{ items: ActionRecord[]; nextCursor?: string }> {
    return this.client.getActions(
      entity,
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async decideAction(
    entity: CompoundEntityRef,
    decision: { id: string; approve: boolean; reason?: string },
    options: DeliveryServiceOptions,
  ): Promise<ActionRecord> {
    return this.client.decideAction(
      entity,
      decision,
      await deliveryToken(this.auth, options),
    );
  }

  async previewVersionChange(
    request: VersionChangeRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionChangePreview> {
    return this.client.previewVersionChange(
      request,
      await deliveryToken(this.auth, options),
    );
  }

  async startVersionChange(
    request: VersionChangeRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<{ items: ActionRecord[] }> {
    return this.client.startVersionChange(request, {
      ...(await deliveryToken(this.auth, options)),
      idempotencyKey: options.idempotencyKey,
    });
  }
}
