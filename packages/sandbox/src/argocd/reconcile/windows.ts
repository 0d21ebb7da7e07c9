import { asArray, asObject, asString, asStrings } from '../json';
import { globMatch } from '../rbac/glob';
import { parseDuration } from '../time';
import type { Application, AppProject } from '../types';

/**
 * A sync window of a project: a cron schedule for when it opens, and how long
 * it stays open.
 */
export interface SyncWindow {
  kind: 'allow' | 'deny';
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
  app: Application,
): SyncWindow[] {
  const { destination } = app.spec;
  return asArray(project?.spec.syncWindows).flatMap(value => {
    const window = asObject(value);
    const matches =
      asStrings(window.applications).some(glob =>
        globMatch(glob, app.metadata.name),
      ) ||
      asStrings(window.namespaces).some(glob =>
        globMatch(glob, destination.namespace ?? ''),
      ) ||
      asStrings(window.clusters).some(
        glob =>
          globMatch(glob, destination.server ?? '') ||
          globMatch(glob, destination.name ?? ''),
      );
    const kind = asString(window.kind);
    return matches && (kind === 'allow' || kind === 'deny')
      ? [
          {
            kind,
            schedule: asString(window.schedule) ?? '',
            duration: asString(window.duration) ?? '',
            timeZone: asString(window.timeZone),
            manualSync: window.manualSync === true,
          },
        ]
      : [];
  });
}

/** Whether a window is open: its schedule fired less than its duration ago. */
export function isActive(window: SyncWindow, now: number): boolean {
  const duration = parseDuration(window.duration);
  if (duration === undefined) {
    return false;
  }
  const minute = 60_000;
  const thisMinute = Math.floor(now / minute) * minute;
  const oldest = Math.max(now - duration, now - 31 * 24 * 60 * minute);
  for (let time = thisMinute; time > oldest; time -= minute) {
    if (firesAt(window.schedule, time, window.timeZone)) {
      return true;
    }
  }
  return false;
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
  const denying = active.filter(window => window.kind === 'deny');
  if (denying.length) {
    return manual && denying.every(window => window.manualSync);
  }
  const allowing = windows.filter(window => window.kind === 'allow');
  if (!allowing.length || active.some(window => window.kind === 'allow')) {
    return true;
  }
  return manual && allowing.some(window => window.manualSync);
}

/** Whether a cron schedule (minute, hour, day, month, weekday) fires in the minute that starts at `time`. */
export function firesAt(
  schedule: string,
  time: number,
  timeZone = 'UTC',
): boolean {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) {
    return false;
  }
  const [minute, hour, day, month, weekday] = localParts(time, timeZone);
  const dayFits = fits(fields[2], day, 1, 31);
  const weekdayFits =
    fits(fields[4], weekday, 0, 7) ||
    (weekday === 0 && fits(fields[4], 7, 0, 7));
  // As in cron: if both are restricted, it is enough that one matches.
  const dateFits =
    fields[2] !== '*' && fields[4] !== '*'
      ? dayFits || weekdayFits
      : dayFits && weekdayFits;
  return (
    fits(fields[0], minute, 0, 59) &&
    fits(fields[1], hour, 0, 23) &&
    fits(fields[3], month, 1, 12) &&
    dateFits
  );
}

function fits(
  field: string,
  value: number,
  low: number,
  high: number,
): boolean {
  return field.split(',').some(part => {
    const [range, step] = part.split('/');
    const [from, to] =
      range === '*' || range === '?'
        ? [low, high]
        : range.split('-').map(Number);
    const last = to ?? (step === undefined ? from : high);
    return (
      value >= from && value <= last && (value - from) % Number(step ?? 1) === 0
    );
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localParts(time: number, timeZone: string): number[] {
  let formatter = formats.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, formatter);
  }
  const parts = Object.fromEntries(
    formatter.formatToParts(time).map(part => [part.type, Number(part.value)]),
  );
  const weekday = new Date(
    Date.UTC(parts.year, parts.month - 1, parts.day),
  ).getUTCDay();
  return [parts.minute, parts.hour, parts.day, parts.month, weekday];
}
