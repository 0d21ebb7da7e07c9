import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { registerListPromotions } from './listPromotions';
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
  { service }: { service: DeliveryService },
): void {
  registerWhoRunsWhat(registry, service);
  registerWhyIsItStuck(registry, service);
  registerListPromotions(registry, service);
  registerWouldUpdate(registry, service);
}
