import { Cron } from 'croner';
import { asArray, asString, asStrings, at } from '../json';
import { globMatch } from '../rbac/Policy';
import { parseDuration } from '../time';
import type { Application, AppProject } from '../types';

/**
 * A sync window of a project: a cron schedule for when it opens, and how long
 * it stays open.
 */
export interface SyncWindow {
  kind: string;
  schedule: string;
  duration: string;
  timeZone?: string;
  manualSync: boolean;
}

/**
 * The project's windows that apply to an application, matched by name,
 * namespace or cluster.
 */
export function windowsFor(
  project: AppProject | undefined,
  { metadata, spec: { destination } }: Application,
): SyncWindow[] {
  const { namespace = '', server = '', name = '' } = destination;
  return asArray(project?.spec.syncWindows)
    .filter(window => {
      const matches = (field: string, ...texts: string[]) =>
        asStrings(at(window, field)).some(glob =>
          texts.some(text => globMatch(glob, text)),
        );
      return (
        matches('applications', metadata.name) ||
        matches('namespaces', namespace) ||
        matches('clusters', server, name)
      );
    })
    .map(window => {
      const text = (field: string) => asString(at(window, field)) ?? '';
      return {
        kind: text('kind'),
        schedule: text('schedule'),
        duration: text('duration'),
        timeZone: text('timeZone') || undefined,
        manualSync: at(window, 'manualSync') === true,
      };
    });
}

/** Whether a window is open: its schedule fired less than its duration ago. */
export function isActive(
  { duration, schedule, timeZone = 'UTC' }: SyncWindow,
  now: number,
): boolean {
  const since = now - (parseDuration(duration) ?? 0);
  try {
    const cron = new Cron(schedule, { paused: true, timezone: timeZone });
    const start = cron.nextRun(new Date(since))?.getTime();
    return start !== undefined && start <= now;
  } catch {
    // A schedule that can't be read never fires.
    return false;
  }
}

/**
 * Argo CD's rule: an open deny window blocks syncs. If there are allow windows,
 * one must be open. `manualSync` exempts manual syncs.
 */
export function canSync(
  windows: SyncWindow[],
  manual: boolean,
  now: number,
): boolean {
  const active = windows.filter(window => isActive(window, now));
  const denying = active.filter(({ kind }) => kind === 'deny');
  if (denying.length) {
    return manual && denying.every(({ manualSync }) => manualSync);
  }
  const allowing = windows.filter(({ kind }) => kind === 'allow');
  return (
    !allowing.length ||
    active.length > 0 ||
    (manual && allowing.some(({ manualSync }) => manualSync))
  );
}
