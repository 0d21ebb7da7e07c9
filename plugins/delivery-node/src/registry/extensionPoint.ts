import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { RegistrySource } from './types';

/**
 * Lets modules of the `delivery` plugin read images from further registries.
 *
 * @public
 */
export interface DeliveryRegistrySourceExtensionPoint {
  /**
   * Adds a source. The first source that covers a repository serves it. Sources
   * from modules come before the built-in ones, in the order in which they were
   * added.
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
