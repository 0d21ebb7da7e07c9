import type { Promotion } from '../model/promotion';
import { STAGES, stagesFor, type StageTime } from '../model/stages';
import type { DeployedChange, LeadTime } from './types';

/**
 * The stages that make up the lead time: each takes from the stage before it.
 *
 * @public
 */
export const LEAD_TIME_STAGES = STAGES.slice(1);

/**
 * What the figures of delivery performance need of a promotion. Undefined if its
 * version was neither deployed nor failed to be.
 *
 * @public
 * @param application - identifies the application
 */
export function toDeployedChange(
  promotion: Promotion,
  application: string,
): DeployedChange | undefined {
  const { id, repository, version, stages, outcome, outcomeAt } = promotion;
  const isRolledBack = outcome === 'rolled-back';
  const failure =
    promotion.failure?.at ?? (outcome === 'failed' ? outcomeAt : undefined);
  const healthyAt = toMs(stages.healthy);
  const failedAt = toMs(failure);
  const deployedAt = toMs(stages.synced) ?? failedAt ?? healthyAt;
  if (deployedAt === undefined) {
    return undefined;
  }
  const leadTime = leadTimeOf(stages);
  const restoredAt =
    failedAt === undefined
      ? undefined
      : earliest(
          healthyAt !== undefined && healthyAt >= failedAt
            ? healthyAt
            : undefined,
          isRolledBack ? toMs(outcomeAt) : undefined,
        );
  return {
    id,
    application,
    repository,
    version,
    deployedAt,
    ...(healthyAt !== undefined && { healthyAt }),
    ...(failedAt !== undefined && { failedAt }),
    ...(restoredAt !== undefined && { restoredAt }),
    isFailed: isRolledBack || failure !== undefined,
    isOpen: outcome === undefined,
    isRollback: promotion.rollback === true,
    isObserved: [
      ...Object.values(stages),
      failure,
      isRolledBack ? outcomeAt : undefined,
    ].some(time => time?.basis === 'observed'),
    ...(leadTime && { leadTime }),
  };
}

function leadTimeOf(stages: Promotion['stages']): LeadTime | undefined {
  const pushedAt = toMs(stages.pushed);
  const healthyAt = toMs(stages.healthy);
  if (pushedAt === undefined || healthyAt === undefined) {
    return undefined;
  }
  const ms = Math.max(0, healthyAt - pushedAt);
  const times = LEAD_TIME_STAGES.map(name => toMs(stages[name]));
  const isComplete = stagesFor({ stages }).every(
    name => toMs(stages[name]) !== undefined,
  );
  if (!isComplete) {
    return { ms };
  }
  const parts: LeadTime['stages'] = {};
  let previous = pushedAt;
  LEAD_TIME_STAGES.forEach((name, index) => {
    const at = Math.max(previous, times[index] ?? previous);
    parts[name] = at - previous;
    previous = at;
  });
  // A later stage never has an earlier time, unless a source wrote nonsense.
  return previous - pushedAt === ms ? { ms, stages: parts } : { ms };
}

/** Undefined without a time, and for text that isn't one. */
function toMs(time: StageTime | undefined): number | undefined {
  const ms = time ? Date.parse(time.at) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function earliest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter(time => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
