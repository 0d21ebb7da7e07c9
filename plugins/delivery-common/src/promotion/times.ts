import type { Promotion, StageTime } from '../model/promotion';

/** Argo CD and Git give whole seconds, rounded down. */
const RESOLUTION_MS = 1000;

/** @internal */
export function reported(at: string): StageTime {
  return { at: toIso(at), basis: 'reported' };
}

/** @internal */
export function observed(at: string): StageTime {
  return { at: toIso(at), basis: 'observed' };
}

/** One form for all times, so that they compare as text; as it is if it is no time. */
function toIso(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : new Date(time).toISOString();
}

/**
 * Whether `a` is later than `b`, where `b` was rounded down to the second.
 *
 * @internal
 */
export function isClearlyAfter(a: string, b: string): boolean {
  return Date.parse(a) >= Date.parse(b) + RESOLUTION_MS;
}

/**
 * Whether `a` is not before `b`, as times.
 *
 * @internal
 */
export function isAtOrAfter(a: string, b: string): boolean {
  return Date.parse(a) >= Date.parse(b);
}

/**
 * Puts the times of the stages in order, since they come from several clocks and
 * resolutions:
 *
 * - a push that came clearly after the sync isn't what led to it, and is left out;
 * - a revision is committed no later than the sync that applied it;
 * - beyond that, a stage is raised to the time of the one before.
 *
 * @internal
 */
export function orderStages(promotion: Promotion): Promotion {
  let { pushed, committed, synced, healthy } = promotion.stages;
  const applied = synced ?? healthy;
  if (pushed && applied && isClearlyAfter(pushed.at, applied.at)) {
    pushed = undefined;
  }
  if (committed && applied && committed.at > applied.at) {
    committed = { ...committed, at: applied.at };
  }
  committed = notBefore(committed, pushed);
  synced = notBefore(synced, committed ?? pushed);
  healthy = notBefore(healthy, synced ?? committed ?? pushed);
  const last = healthy ?? synced ?? committed ?? pushed;
  const ordered: Promotion = {
    ...promotion,
    stages: {
      ...(pushed && { pushed }),
      ...(committed && { committed }),
      ...(synced && { synced }),
      ...(healthy && { healthy }),
    },
  };
  if (promotion.outcomeAt) {
    ordered.outcomeAt = notBefore(promotion.outcomeAt, last);
  }
  return ordered;
}

function notBefore(
  time: StageTime | undefined,
  floor: StageTime | undefined,
): StageTime | undefined {
  return time && floor && time.at < floor.at ? { ...time, at: floor.at } : time;
}
