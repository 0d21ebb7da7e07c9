import type { PendingNotification } from '../store/operations/notificationOutbox';

/**
 * All that are due once the first of them has waited for others; before that, only
 * those that are tried again.
 *
 * @internal
 * @param since - the first waits for others until this time is later than its own
 */
export function ripe<
  Row extends Pick<PendingNotification, 'attempts' | 'createdAt'>,
>(due: readonly Row[], since: string): readonly Row[] {
  const isTime = due.some(
    ({ attempts, createdAt }) => attempts === 0 && createdAt <= since,
  );
  return isTime ? due : due.filter(({ attempts }) => attempts > 0);
}
