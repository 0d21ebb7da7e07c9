import type { UnavailableReason } from './types';

/**
 * A Git host didn't give what was asked for.
 *
 * @internal
 */
export class HistoryError extends Error {
  constructor(
    readonly reason: UnavailableReason,
    message: string,
    /** Milliseconds since 1970 before which the host refuses every request. */
    readonly retryAtMs?: number,
  ) {
    super(message);
    this.name = 'HistoryError';
  }
}
