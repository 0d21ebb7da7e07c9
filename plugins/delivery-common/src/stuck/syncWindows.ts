import type { MessageOf } from '../messages';
import type { SyncWindow, SyncWindows } from '../model/application';

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
 * that it waits for.
 *
 * @internal
 */
export function windowsCause({
  active,
  assigned,
}: SyncWindows): MessageOf<'cause'> {
  const denying = active.filter(({ kind }) => kind === 'deny');
  return denying.length
    ? {
        code: 'cause.window-denies',
        parameters: { windows: denying.map(toMessage) },
      }
    : {
        code: 'cause.window-awaited',
        parameters: {
          windows: assigned
            .filter(({ kind }) => kind === 'allow')
            .map(toMessage),
        },
      };
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
