import { asArray, asString, asStrings, at } from '../json';
import { globMatch } from '../rbac/glob';
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

const MINUTE = 60_000;

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
  { duration, schedule, timeZone }: SyncWindow,
  now: number,
): boolean {
  const length = Math.min(parseDuration(duration) ?? 0, 31 * 24 * 60 * MINUTE);
  for (let time = now - (now % MINUTE); time > now - length; time -= MINUTE) {
    if (firesAt(schedule, time, timeZone)) {
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

/** Whether a cron schedule (minute, hour, day, month, weekday) fires in the minute that starts at `time`. */
export function firesAt(
  schedule: string,
  time: number,
  timeZone = 'UTC',
): boolean {
  const fields = schedule.trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = localParts(time, timeZone);
  const dayFits = fits(fields[2], day, 31, 1);
  const weekdayFits =
    fits(fields[4], weekday, 7) || fits(fields[4], weekday || 7, 7);
  // As in cron: if both are restricted, it is enough that one matches.
  const dateFits =
    fields[2] !== '*' && fields[4] !== '*'
      ? dayFits || weekdayFits
      : dayFits && weekdayFits;
  return (
    fits(fields[0], minute, 59) &&
    fits(fields[1], hour, 23) &&
    fits(fields[3], month, 12, 1) &&
    dateFits
  );
}

function fits(
  field: string | undefined,
  value: number,
  high: number,
  low = 0,
): boolean {
  return (field ?? '').split(',').some(part => {
    const [, all, from, to, step] =
      /^(?:(\*|\?)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    if (!all && !from) {
      return false;
    }
    const first = all ? low : Number(from);
    const last = to ?? (all || step ? high : from);
    return (
      value >= first &&
      value <= Number(last) &&
      (value - first) % Number(step ?? 1) === 0
    );
  });
}

function localParts(time: number, timeZone: string): number[] {
  const utc = new Date(time);
  // In Swedish form, `Date` reads the local time back as one in UTC.
  const local =
    timeZone === 'UTC'
      ? utc
      : new Date(`${utc.toLocaleString('sv', { timeZone })}Z`);
  return [
    local.getUTCMinutes(),
    local.getUTCHours(),
    local.getUTCDate(),
    local.getUTCMonth() + 1,
    local.getUTCDay(),
  ];
}
