/**
 * Times of a watch, in milliseconds, and its injected dependencies.
 *
 * @public
 */
export interface ApplicationWatchOptions {
  /**
   * From one list to the next; jittered by a tenth. Longer if the listener is
   * slow to take a list: it then gets the same time for events. Default: 5
   * minutes.
   */
  relistMs: number;
  /** Time limit for a complete list. Default: 10 minutes. */
  listTimeoutMs?: number;
  /** Longest time without a byte of a list. Default: 30 seconds. */
  listIdleTimeoutMs?: number;
  /**
   * From opening the stream to the second list. Argo CD replays existing
   * applications before it subscribes the stream to changes. It never sends
   * changes from the time in between. Default: 10 seconds.
   */
  settleMs: number;
  /** A stream that is silent for longer counts as dead. Default: 30 seconds. */
  silenceMs: number;
  /**
   * Between checks with `version` while the stream has not sent anything.
   * Default: 15 seconds.
   */
  proofMs: number;
  /** Before the first such check. Default: 1 second. */
  firstProofMs: number;
  /**
   * Pauses before reconnecting: doubled each time, with jitter. Default: 1 to
   * 30 seconds.
   */
  firstBackoffMs: number;
  maxBackoffMs: number;
  /**
   * From a refresh request to the read, so that several requests share one
   * read. Default: 250 ms.
   */
  refreshDelayMs: number;
  /**
   * Number of changes pending for the listener at which the watch stops reading
   * the stream. Default: 1000.
   */
  maxPending: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A number from 0 to 1. */
  random: () => number;
}

export const DEFAULT_WATCH_OPTIONS: ApplicationWatchOptions = {
  relistMs: 300_000,
  settleMs: 10_000,
  silenceMs: 30_000,
  proofMs: 15_000,
  firstProofMs: 1000,
  firstBackoffMs: 1000,
  maxBackoffMs: 30_000,
  refreshDelayMs: 250,
  maxPending: 1000,
  now: Date.now,
  random: Math.random,
};
