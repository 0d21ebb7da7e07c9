/**
 * Times of a watch, in milliseconds, and what it is otherwise given from
 * outside.
 *
 * @public
 */
export interface ApplicationWatchOptions {
  /**
   * From one whole list, taken by the listener, to the next; jittered by a tenth.
   * At least as long as the listener took. Default 5 minutes.
   */
  relistMs: number;
  /** Until a whole list is there. Default: 10 minutes. */
  listTimeoutMs?: number;
  /** Without a byte of a list. Default: 30 seconds. */
  listIdleTimeoutMs?: number;
  /**
   * From opening the stream to the second list. Argo CD replays what it has
   * before it subscribes the stream to changes, and what happens between is never
   * sent. Default 10 seconds.
   */
  settleMs: number;
  /** A stream that was silent for longer is dead. Default 30 seconds. */
  silenceMs: number;
  /** Between proofs of life while a stream has not sent anything. Default 15 seconds. */
  proofMs: number;
  /** Before the first such proof. Default 1 second. */
  firstProofMs: number;
  /** Pauses before connecting again: doubled each time, with jitter. Default 1 to 30 seconds. */
  firstBackoffMs: number;
  maxBackoffMs: number;
  /** From a refresh request to the read, so that several become one. Default 250 ms. */
  refreshDelayMs: number;
  /** How many changes wait for the listener before the stream isn't read any further. Default 1000. */
  maxWaiting: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** From 0 to 1. */
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
  maxWaiting: 1000,
  now: Date.now,
  random: Math.random,
};
