import { Cron } from 'croner';
import type { SyncWindow } from '../model/application';

/** Windows can follow each other without a gap. Give up after this many. */
const MAX_STEPS = 100;

/** A Go duration, such as `1h30m`. */
const DURATION = /^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/;
const PARTS = /(\d+(?:\.\d+)?)(h|ms|m|s)/g;
const UNIT_MS: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

/**
 * When the windows no longer block a sync, in milliseconds since the epoch: all
 * deny windows have closed, and an allow window is open if there is one.
 * Undefined if they don't block it at `now`, never stop to, or one can't be
 * read.
 *
 * @internal
 */
export function closedUntil(
  assigned: readonly SyncWindow[],
  now: number,
): number | undefined {
  const windows = assigned.map(toTimes);
  if (!windows.every(window => window !== undefined)) {
    return undefined;
  }
  const denying = windows.filter(({ kind }) => kind === 'deny');
  const allowing = windows.filter(({ kind }) => kind === 'allow');
  let at = now;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const moment = at;
    const ends = denying.flatMap(window => endOfOpen(window, moment) ?? []);
    const isAllowed =
      allowing.length === 0 ||
      allowing.some(window => endOfOpen(window, moment) !== undefined);
    if (ends.length > 0) {
      at = Math.max(...ends);
    } else if (isAllowed) {
      return at > now ? at : undefined;
    } else {
      at = Math.min(...allowing.map(window => nextStart(window, moment)));
    }
    if (!Number.isFinite(at)) {
      return undefined;
    }
  }
  return undefined;
}

interface WindowTimes {
  kind: SyncWindow['kind'];
  cron: Cron;
  durationMs: number;
}

/** Undefined if the schedule, the time zone or the duration can't be read. */
function toTimes(window: SyncWindow): WindowTimes | undefined {
  const durationMs = readDuration(window.duration);
  const cron = readSchedule(window);
  return cron && durationMs !== undefined
    ? { kind: window.kind, cron, durationMs }
    : undefined;
}

/** Argo CD reads five fields, or a name such as `@daily`. */
function readSchedule({ schedule, timeZone }: SyncWindow): Cron | undefined {
  try {
    const cron = new Cron(schedule, {
      paused: true,
      mode: '5-part',
      timezone: timeZone || 'UTC',
    });
    // The time zone is only checked when it is used.
    cron.nextRun(new Date(0));
    return cron;
  } catch {
    return undefined;
  }
}

function readDuration(text: string): number | undefined {
  return DURATION.test(text)
    ? [...text.matchAll(PARTS)].reduce(
        (sum, [, number, unit]) => sum + Number(number) * UNIT_MS[unit],
        0,
      )
    : undefined;
}

/** When a window closes that is open at a time; undefined if it isn't. */
function endOfOpen(window: WindowTimes, at: number): number | undefined {
  const start = nextStart(window, at - window.durationMs);
  return start <= at && start + window.durationMs > at
    ? start + window.durationMs
    : undefined;
}

function nextStart({ cron }: WindowTimes, after: number): number {
  return cron.nextRun(new Date(after))?.getTime() ?? Infinity;
}
