/**
 * Timeouts of the client, in milliseconds.
 *
 * @public
 */
export interface ArgoCdTimeouts {
  connectMs: number;
  /** From the call to the whole answer, retries included. */
  requestMs: number;
  /** As `requestMs`, of a list of applications, which may be hundreds of megabytes. */
  listMs: number;
  /** The longest time without a byte of a list, also before its first one. */
  listIdleMs: number;
  /** For reads that make Argo CD reconcile first; they hang while its controller is away. */
  refreshMs: number;
  /** Base of the pause before a read is tried again. */
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
