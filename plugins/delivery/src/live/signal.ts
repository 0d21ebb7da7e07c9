import type { DeliverySignal } from '@landfall/backstage-plugin-delivery-common';

/**
 * Reads a message from the signal channel. A message of another shape counts as
 * "something changed", so that signals from a newer backend are never ignored.
 *
 * @internal
 */
export function parseSignal(message: {
  [key: string]: unknown;
}): DeliverySignal {
  const { keys, appeared, instances } = message;
  const understood =
    Array.isArray(keys) && keys.every(key => typeof key === 'string');
  return {
    keys: understood ? keys : [],
    appeared: appeared === true || !understood,
    instances: instances === true,
  };
}

/**
 * Whether a signal can change what a page shows. Changes of an instance's state
 * and new applications concern every page, because such signals carry no keys.
 *
 * @internal
 * @param shown - keys of the applications on the page; undefined if unknown
 */
export function concerns(
  signal: DeliverySignal,
  shown: ReadonlySet<string> | undefined,
): boolean {
  return (
    !shown ||
    signal.appeared ||
    signal.instances ||
    signal.keys.some(key => shown.has(key))
  );
}
