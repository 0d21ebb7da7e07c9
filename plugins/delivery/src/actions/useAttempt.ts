import { useSyncExternalStore } from 'react';
import type { Attempt, AttemptState } from './Attempt';

/** The state of an attempt, for components that show it. @internal */
export function useAttempt(attempt: Attempt): AttemptState {
  return useSyncExternalStore(attempt.subscribe, attempt.getState);
}
