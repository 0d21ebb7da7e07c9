import type {
  PerformanceFigures,
  StageName,
} from '@landfall/backstage-plugin-delivery-common';

/** @internal */
export interface StageShare {
  stage: Exclude<StageName, 'pushed'>;
  meanMs: number;
  /** Of the whole lead time. */
  share: number;
}

const STAGES = ['proposed', 'committed', 'synced', 'healthy'] as const;

/**
 * How long the stages of the lead time took on average. Empty if nothing is known;
 * without proposals if nothing was proposed.
 *
 * @internal
 */
export function sharesOf({
  leadTimeStages: { count, totalMs },
}: Pick<PerformanceFigures, 'leadTimeStages'>): StageShare[] {
  const total = STAGES.reduce((sum, stage) => sum + (totalMs[stage] ?? 0), 0);
  if (count === 0 || total === 0) {
    return [];
  }
  return STAGES.flatMap(stage => {
    const ms = totalMs[stage] ?? 0;
    return stage === 'proposed' && ms === 0
      ? []
      : [{ stage, meanMs: ms / count, share: ms / total }];
  });
}
