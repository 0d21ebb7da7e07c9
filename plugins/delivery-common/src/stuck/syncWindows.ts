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
export function windowsInWords({ active, assigned }: SyncWindows): string {
  const denying = active.filter(({ kind }) => kind === 'deny');
  return denying.length
    ? `A sync window denies it: ${denying.map(inWords).join('; ')}`
    : `It waits for a sync window: ${assigned
        .filter(({ kind }) => kind === 'allow')
        .map(inWords)
        .join('; ')}`;
}

function inWords({ schedule, duration, timeZone }: SyncWindow): string {
  return `${duration} from ${schedule}${timeZone ? ` (${timeZone})` : ''}`;
}
