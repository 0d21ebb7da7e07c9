import type { MessageOf } from '../messages';
import type { SyncWindow, SyncWindows } from '../model/application';
import { closedUntil } from './windowTimes';

/**
 * Whether sync windows block an automated sync: a deny window is open, or there
 * are allow windows and none of them is open (the rule of Argo CD's
 * `SyncWindows.CanSync`).
 *
 * @internal
 */
export function isSyncBlocked({ active, assigned }: SyncWindows): boolean {
  const isOfKind =
    (kind: SyncWindow['kind']) =>
    (window: SyncWindow): boolean =>
      window.kind === kind;
  return (
    active.some(isOfKind('deny')) ||
    (assigned.some(isOfKind('allow')) && !active.some(isOfKind('allow')))
  );
}

/**
 * The windows that block a sync: the open deny windows, else the allow windows
 * that it waits for; and until when, if that is known.
 *
 * @internal
 */
export function windowsCause(
  { active, assigned }: SyncWindows,
  now: Date,
): MessageOf<'cause'> {
  const end = closedUntil(assigned, now.getTime());
  const until = end === undefined ? undefined : new Date(end).toISOString();
  const denying = active.filter(({ kind }) => kind === 'deny');
  if (denying.length) {
    const windows = denying.map(toMessage);
    return until === undefined
      ? { code: 'cause.window-denies', parameters: { windows } }
      : { code: 'cause.window-denies-until', parameters: { until, windows } };
  }
  const windows = assigned
    .filter(({ kind }) => kind === 'allow')
    .map(toMessage);
  return until === undefined
    ? { code: 'cause.window-awaited', parameters: { windows } }
    : { code: 'cause.window-awaited-until', parameters: { until, windows } };
}

function toMessage({
  schedule,
  duration,
  timeZone,
}: SyncWindow): MessageOf<'cause'> {
  return timeZone
    ? {
        code: 'cause.window-in-zone',
        parameters: { duration, schedule, timeZone },
      }
    : { code: 'cause.window', parameters: { duration, schedule } };
}
