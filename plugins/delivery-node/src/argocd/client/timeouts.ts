/**
 * Timeouts of the client, in milliseconds.
 *
 * @public
 */
export interface ArgoCdTimeouts {
  connectMs: number;
  /** From the call to the complete answer, retries included. */
  requestMs: number;
  /**
   * Like `requestMs`, for a list of applications, which may be hundreds of
   * megabytes.
   */
  listMs: number;
  /**
   * The longest time without a byte of a list, including before the first byte.
   */
  listIdleMs: number;
  /**
   * For reads that make Argo CD reconcile first. They hang while its controller
   * is down.
   */
  refreshMs: number;
  /** Base of the pause before a read is retried. */
  retryPauseMs: number;
}

export const DEFAULT_TIMEOUTS: ArgoCdTimeouts = {
  connectMs: 10_000,
  requestMs: 30_000,
  listMs: 600_000,
  listIdleMs: 30_000,
  refreshMs: 60_000,
  retryPauseMs: 250,
};
