import type { DeliverySignal } from '@landfall/backstage-plugin-delivery-common';

/**
 * Reads a message of the signal channel. A message of another shape counts as
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
 * Whether a signal can change what a page shows. An instance's state and an
 * application that appeared concern every page, as both carry no keys.
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
