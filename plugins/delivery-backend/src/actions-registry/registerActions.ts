import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type {
  DeliveryActionsService,
  DeliveryService,
} from '@landfall/backstage-plugin-delivery-node';
import { registerListPromotions } from './listPromotions';
import { registerPromote } from './promote';
import { registerSync } from './sync';
import { registerWhoRunsWhat } from './whoRunsWhat';
import { registerWhyIsItStuck } from './whyIsItStuck';
import { registerWouldUpdate } from './wouldUpdate';

/**
 * Registers what MCP clients, scripts and other plugins can ask Landfall for. Each
 * action calls the same services as the REST API, with its caller's credentials.
 *
 * @internal
 */
export function registerActions(
  registry: ActionsRegistryService,
  services: {
    service: DeliveryService;
    /** Audits, limits and checks what it does. */
    actions: DeliveryActionsService;
  },
): void {
  const { service } = services;
  registerWhoRunsWhat(registry, service);
  registerWhyIsItStuck(registry, service);
  registerListPromotions(registry, service);
  registerWouldUpdate(registry, service);
  registerSync(registry, services);
  registerPromote(registry, services);
}
