import { storableText } from './text';

/**
 * What became of an attempt to read something that is due.
 *
 * @internal
 */
export interface AttemptOutcome {
  /** How many attempts there were. */
  attempts: number;
  /** Undefined: never again. */
  nextAttemptAt: string | undefined;
  reason?: string;
  error?: string;
}

/**
 * The outcome as columns, for `DueRows.postpone`.
 *
 * @internal
 */
export function toPostponement({
  attempts,
  nextAttemptAt,
  reason,
  error,
}: AttemptOutcome) {
  return {
    dueAt: nextAttemptAt,
    changes: {
      attempts,
      reason: reason ?? null,
      error: error === undefined ? null : storableText(error),
    },
  };
}
