import type { MessageOf } from '../messages';
import type { SyncWindow, SyncWindows } from '../model/application';

/**
 * Whether sync windows keep an automated sync back: a deny window is open, or
 * there are allow windows and none of them is (the rule of Argo CD's
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
 * Which windows keep it back.
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
