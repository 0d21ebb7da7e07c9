import type { AuthService } from '@backstage/backend-plugin-api';
import type { DeliveryServiceOptions } from './DeliveryService';

/** A token for the delivery plugin's API on behalf of the caller. */
export async function deliveryToken(
  auth: AuthService,
  { credentials }: DeliveryServiceOptions,
): Promise<{ token: string }> {
  return auth.getPluginRequestToken({
    onBehalfOf: credentials,
    targetPluginId: 'delivery',
  });
}
