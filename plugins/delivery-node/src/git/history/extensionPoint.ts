import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ConfigRepositoryHistory } from './types';

/**
 * Lets modules of the `delivery` plugin read the history of configuration
 * repositories from further Git hosts.
 *
 * @public
 */
export interface DeliveryConfigRepositoryHistoryExtensionPoint {
  /**
   * Adds a history. The first one that covers a repository is asked. Those of
   * modules come before the built-in one, in the order in which they were added.
   */
  addConfigRepositoryHistory(history: ConfigRepositoryHistory): void;
}

/**
 * Lets modules of the `delivery` plugin read the history of configuration
 * repositories from further Git hosts.
 *
 * @public
 */
export const deliveryConfigRepositoryHistoryExtensionPoint =
  createExtensionPoint<DeliveryConfigRepositoryHistoryExtensionPoint>({
    id: 'delivery.config-repository-history',
  });
