import type { ApplicationWatchListener } from '@landfall/backstage-plugin-delivery-node';

/**
 * Receives the applications that a watch reads.
 *
 * @internal
 */
export type ApplicationListener = Pick<
  ApplicationWatchListener,
  'onList' | 'onChanged' | 'onDeleted'
>;

/**
 * Notifies several listeners of each event, one after another. If one rejects,
 * the following ones aren't notified.
 *
 * @internal
 */
export function fanOut(
  listeners: readonly ApplicationListener[],
): ApplicationListener {
  return {
    onList: async (...event) => {
      for (const listener of listeners) {
        await listener.onList(...event);
      }
    },
    onChanged: async (...event) => {
      for (const listener of listeners) {
        await listener.onChanged(...event);
      }
    },
    onDeleted: async (...event) => {
      for (const listener of listeners) {
        await listener.onDeleted(...event);
      }
    },
  };
}
