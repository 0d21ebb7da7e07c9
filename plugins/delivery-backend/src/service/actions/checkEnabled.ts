import { NotAllowedError } from '@backstage/errors';
import { describeRefusal } from '@landfall/backstage-plugin-delivery-common';

/**
 * @internal
 * @param enabled - `delivery.actions.enabled`
 * @throws NotAllowedError if nobody may act through Landfall
 */
export function checkEnabled(enabled: boolean): void {
  if (!enabled) {
    const { message, advice } = describeRefusal({
      code: 'action.disabled',
      parameters: {},
    });
    throw new NotAllowedError(`${message}. ${advice}`);
  }
}
