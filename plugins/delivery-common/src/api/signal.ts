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
  /**
   * An application appeared or is gone, or something changed by which entities have
   * applications, so a page may have others now.
   */
  appeared: boolean;
  /** The state of an Argo CD instance or its ImageUpdaters changed. */
  instances: boolean;
  /**
   * Which pages `appeared` and `instances` concern: those with one of these keys.
   * Absent: all.
   */
  topics?: string[];
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
  const { keys, appeared, instances, topics } = message;
  const understood = isTexts(keys);
  return {
    keys: understood ? keys : [],
    appeared: appeared === true || !understood,
    instances: instances === true,
    ...(understood && isTexts(topics) && { topics }),
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(one => typeof one === 'string');
}

/**
 * Within which time a page should read again after a signal, so that all pages that
 * the signal concerns don't read at once: the more it concerns, the longer. Changes
 * of an instance's state and new applications may concern very many. In
 * milliseconds; undefined if the signal can't change what the page shows.
 *
 * @public
 * @param shown - the keys that the answers on the page name: of applications,
 * repositories, and topics; undefined if unknown
 */
export function signalSpreadMs(
  signal: DeliverySignal,
  shown: ReadonlySet<string> | undefined,
): number | undefined {
  const { keys, topics } = signal;
  if (shown && keys.some(key => shown.has(key))) {
    return Math.min(NARROW_MS + PER_KEY_MS * (keys.length - 1), BROAD_MS);
  }
  if (!shown) {
    return BROAD_MS;
  }
  const isBroad = signal.appeared || signal.instances;
  return isBroad && (!topics || topics.some(topic => shown.has(topic)))
    ? BROAD_MS
    : undefined;
}
