import {
  APPLIED_STAGES,
  STAGES,
  stagesFor,
  type Promotion,
  type StageName,
  type StageTime,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * How a stage is drawn:
 *
 * - `reached`: with its time.
 * - `current`: pending, and the next one to be reached.
 * - `pending`: comes after the current or failed one.
 * - `failed`: where the promotion stopped; `time` is when it failed.
 * - `unknown`: was reached, because a later one was, but no source reported
 *   when.
 * - `skipped`: doesn't happen, because a rollback needs neither push nor
 *   commit.
 * - `missed`: will not be reached any more.
 *
 * @internal
 */
export type StageState =
  | 'reached'
  | 'current'
  | 'pending'
  | 'failed'
  | 'unknown'
  | 'skipped'
  | 'missed';

/** @internal */
export interface StageView {
  name: StageName;
  state: StageState;
  time?: StageTime;
  /** Whether the sync operation is running; set only on a current `synced`. */
  isSyncing?: boolean;
  /** Whether somebody must merge; set only on a current `committed`. */
  isMerge?: boolean;
  /** When the previous stage was reached, if known. */
  previousAt?: string;
  /**
   * Milliseconds from the previous stage to this one, if both times are known.
   */
  spent?: number;
}

/**
 * The stages of a promotion as they are drawn.
 *
 * @internal
 */
export function stagesOf(promotion: Promotion): StageView[] {
  let previous: StageTime | undefined;
  const names = stagesFor(promotion);
  return names.map((name, index) => {
    const view: StageView = { name, ...stateOf(promotion, names, index) };
    const spent =
      previous && view.time
        ? Date.parse(view.time.at) - Date.parse(previous.at)
        : NaN;
    const previousAt = previous?.at;
    previous = view.time;
    return {
      ...view,
      ...(previousAt && { previousAt }),
      // Negative if the sources' clocks differ.
      ...(spent >= 0 && { spent }),
    };
  });
}

function stateOf(
  promotion: Promotion,
  names: readonly StageName[],
  index: number,
): Omit<StageView, 'name'> {
  const { outcome, outcomeAt, rollback, stages, sync } = promotion;
  const last = names.findLastIndex(name => stages[name]);
  // A rollback skips the stages before this one.
  const firstApplied = names.indexOf(APPLIED_STAGES[0]);
  const next = Math.max(last + 1, rollback ? firstApplied : 0);
  const name = names[index];
  const time = stages[name];
  const isFailed = outcome === 'failed';
  if (isFailed && index === Math.min(next, names.length - 1)) {
    return { state: 'failed', time: outcomeAt };
  }
  if (time) {
    return { state: 'reached', time };
  }
  if (rollback && index < firstApplied) {
    return { state: 'skipped' };
  }
  if (index < last || outcome === 'live') {
    return { state: 'unknown' };
  }
  if (outcome && !isFailed) {
    return { state: 'missed' };
  }
  if (isFailed || index !== next) {
    return { state: 'pending' };
  }
  const isSyncing =
    name === 'synced' &&
    sync?.startedAt !== undefined &&
    sync.finishedAt === undefined;
  const isMerge = name === 'committed' && stages.proposed !== undefined;
  return {
    state: 'current',
    ...(isSyncing && { isSyncing }),
    ...(isMerge && { isMerge }),
  };
}

/**
 * When a promotion began, if known: the time of its first stage, its first
 * failure, or its outcome.
 *
 * @internal
 */
export function startedAt(promotion: Promotion): string | undefined {
  const first = STAGES.map(name => promotion.stages[name]).find(Boolean);
  return (first ?? promotion.failure?.at ?? promotion.outcomeAt)?.at;
}
