import type {
  DeliverySignal,
  DeploymentsResponse,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * What came over the signal channel, as far as it can be understood. A message
 * of another shape counts as "something changed", so that a newer backend is
 * never overheard.
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
 * Whether a signal can change what a page shows. The state of an instance and
 * an application that appeared concern every page, as both carry no names.
 *
 * @internal
 */
export function concerns(
  signal: DeliverySignal,
  shown: DeploymentsResponse | undefined,
): boolean {
  if (!shown || signal.appeared || signal.instances) {
    return true;
  }
  const keys = new Set(signal.keys);
  return shown.environments.some(({ deployments }) =>
    deployments.some(({ key }) => keys.has(key)),
  );
}
