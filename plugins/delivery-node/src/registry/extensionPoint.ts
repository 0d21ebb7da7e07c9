import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { RegistrySource } from './types';

/**
 * Lets modules of the `delivery` plugin read images from further registries.
 *
 * @public
 */
export interface DeliveryRegistrySourceExtensionPoint {
  /**
   * Adds a source. Those that modules add are asked before the built-in ones, in
   * the order in which they were added: the first that covers a repository is
   * the one that answers for it.
   */
  addRegistrySource(source: RegistrySource): void;
}

/**
 * Lets modules of the `delivery` plugin read images from further registries.
 *
 * @public
 */
export const deliveryRegistrySourceExtensionPoint =
  createExtensionPoint<DeliveryRegistrySourceExtensionPoint>({
    id: 'delivery.registry-source',
  });
