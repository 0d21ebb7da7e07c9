/**
 * The signal channel on which the backend notifies open pages of changes. It
 * carries no names: a page compares `keys` with those of its own deployments
 * and reloads what changed.
 *
 * @public
 */
export const DELIVERY_CHANNEL = 'delivery';

/**
 * A message on the channel.
 *
 * @public
 */
export interface DeliverySignal {
  /**
   * Keys of applications whose deployment or promotions changed, and of
   * repositories that entities reference.
   */
  keys: string[];
  /** An application appeared, so a page without a match may have one now. */
  appeared: boolean;
  /** The state of an Argo CD instance changed. */
  instances: boolean;
}

/**
 * Signals of one change arrive together. This delay, in milliseconds, gathers them
 * and is too short to notice.
 *
 * @public
 */
export const SIGNAL_GATHER_MS = 50;

/** Readers of what one application shows spread over this time. */
const NARROW_MS = 200;

/** Added for each further application that changed. */
const PER_KEY_MS = 20;

/** All open pages spread over this time. */
const BROAD_MS = 10_000;

/**
 * Reads a message from the signal channel. A message of another shape counts as
 * "something changed", so that signals from a newer backend are never ignored.
 *
 * @public
 */
export function parseDeliverySignal(message: {
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
 * Within which time a page should read again after a signal, so that all pages that
 * the signal concerns don't read at once: the more it concerns, the longer. Changes
 * of an instance's state and new applications concern every page, because such
 * signals carry no keys. In milliseconds; undefined if the signal can't change what the
 * page shows.
 *
 * @public
 * @param shown - keys of the applications on the page; undefined if unknown
 */
export function signalSpreadMs(
  signal: DeliverySignal,
  shown: ReadonlySet<string> | undefined,
): number | undefined {
  const { keys } = signal;
  if (shown && keys.some(key => shown.has(key))) {
    return Math.min(NARROW_MS + PER_KEY_MS * (keys.length - 1), BROAD_MS);
  }
  return !shown || signal.appeared || signal.instances ? BROAD_MS : undefined;
}
