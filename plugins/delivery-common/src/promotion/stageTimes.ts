import type { Promotion } from '../model/promotion';
import {
  APPLIED_STAGES,
  STAGE_RULES,
  type StageRule,
  stagesFor,
  type StageSources,
  type StageTime,
} from '../model/stages';
import { isClearlyAfter } from './times';

export { observed, reported } from '../model/stages';

/**
 * The times of a promotion's stages.
 *
 * @internal
 */
export type StageTimes = Promotion['stages'];

/**
 * The times that a source gives to stages.
 *
 * @internal
 */
export function stageTimes<K extends keyof StageSources>(
  kind: K,
  source: StageSources[K],
): StageTimes {
  const times: StageTimes = {};
  for (const { name, times: rule } of STAGE_RULES) {
    const time = rule[kind]?.(source);
    if (time) {
      times[name] = time;
    }
  }
  return times;
}

/**
 * When the version was applied: the first stage in which it is in the
 * application. Undefined if none was reached.
 *
 * @internal
 */
export function appliedTime(stages: StageTimes): StageTime | undefined {
  return firstTime(stages, APPLIED_STAGES);
}

/**
 * When the promotion began, by the first of the stages that every promotion has.
 *
 * @internal
 */
export function firstStageTime(stages: StageTimes): StageTime | undefined {
  return firstTime(stages, stagesFor({ stages: {} }));
}

/**
 * When the promotion reached the last of the stages that every promotion has.
 *
 * @internal
 */
export function lastStageTime(stages: StageTimes): StageTime | undefined {
  return firstTime(stages, stagesFor({ stages: {} }).toReversed());
}

function firstTime(
  stages: StageTimes,
  names: readonly (keyof StageTimes)[],
): StageTime | undefined {
  const reached = names.find(name => stages[name]);
  return reached && stages[reached];
}

/**
 * Puts the times of the stages in order, because they come from different
 * clocks and have different resolutions:
 *
 * - if a stage precedes the deployment but has a later time, it is dropped or
 *   capped, according to its rule;
 * - a time earlier than that of the stage before is raised to it, and so is the
 *   time of the outcome.
 *
 * @internal
 */
export function orderStages(promotion: Promotion): Promotion {
  const applied = appliedTime(promotion.stages);
  const stages: StageTimes = {};
  let last: StageTime | undefined;
  for (const { name, afterApplied } of STAGE_RULES) {
    const time = limited(promotion.stages[name], applied, afterApplied);
    if (time) {
      last = notBefore(time, last);
      stages[name] = last;
    }
  }
  return {
    ...promotion,
    stages,
    ...(promotion.outcomeAt && {
      outcomeAt: notBefore(promotion.outcomeAt, last),
    }),
  };
}

function limited(
  time: StageTime | undefined,
  applied: StageTime | undefined,
  afterApplied: StageRule['afterApplied'],
): StageTime | undefined {
  if (!time || !applied) {
    return time;
  }
  switch (afterApplied) {
    case 'drop':
      return isClearlyAfter(time.at, applied.at) ? undefined : time;
    case 'cap':
      return time.at > applied.at ? { ...time, at: applied.at } : time;
    default:
      return time;
  }
}

function notBefore(time: StageTime, floor: StageTime | undefined): StageTime {
  return floor && time.at < floor.at ? { ...time, at: floor.at } : time;
}
