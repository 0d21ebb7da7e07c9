import { z } from 'zod';
import { decodeTime } from '../../decode';
import type {
  RolloutAnalysis,
  RolloutDetails,
  RolloutStep,
} from '../../detailTypes';
import { withoutUserInfo } from '../../../userInfo';
import { objectInText } from './manifests';

export const ROLLOUT_GROUP = 'argoproj.io';
export const ROLLOUT_KIND = 'Rollout';

/** In percent, which is also how Argo Rollouts divides traffic by default. */
const MAX_WEIGHT = 100;

const text = z.string().nullish();
const count = z.number().nullish();

const runSchema = z
  .object({ name: text, status: text, message: text })
  .nullish();

const stepSchema = z.looseObject({
  setWeight: count,
  pause: z
    .object({ duration: z.union([z.string(), z.number()]).nullish() })
    .nullish(),
  analysis: z
    .object({ templates: z.array(z.object({ templateName: text })).nullish() })
    .nullish(),
});

// The parts of a Rollout (argoproj.io/v1alpha1) that a page shows.
const rolloutSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: text }),
  spec: z
    .object({
      strategy: z
        .object({
          canary: z
            .object({
              steps: z.array(stepSchema).nullish(),
              trafficRouting: z.object({ maxTrafficWeight: count }).nullish(),
            })
            .nullish(),
          blueGreen: z.object({}).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  status: z
    .object({
      phase: text,
      message: text,
      abort: z.boolean().nullish(),
      currentStepIndex: count,
      pauseConditions: z
        .array(z.object({ reason: text, startTime: text }))
        .nullish(),
      canary: z
        .object({
          weights: z
            .object({ canary: z.object({ weight: count }).nullish() })
            .nullish(),
          currentStepAnalysisRunStatus: runSchema,
          currentBackgroundAnalysisRunStatus: runSchema,
        })
        .nullish(),
      blueGreen: z
        .object({
          prePromotionAnalysisRunStatus: runSchema,
          postPromotionAnalysisRunStatus: runSchema,
        })
        .nullish(),
    })
    .nullish(),
});

type RawRollout = z.infer<typeof rolloutSchema>;

/** Answer of `GET /applications/{name}/managed-resources`, for Rollouts. */
export const rolloutsSchema = z.object({
  items: z
    .array(
      z.object({
        group: text,
        kind: z.string(),
        // Not the normalized one, which has no status.
        liveState: objectInText.nullish(),
      }),
    )
    .nullish(),
});

export function toRollouts({
  items,
}: z.infer<typeof rolloutsSchema>): RolloutDetails[] {
  return (items ?? []).flatMap(({ group, kind, liveState }) => {
    const parsed = rolloutSchema.safeParse(liveState);
    return group === ROLLOUT_GROUP && kind === ROLLOUT_KIND && parsed.success
      ? [toRollout(parsed.data)]
      : [];
  });
}

function toRollout({ metadata, spec, status }: RawRollout): RolloutDetails {
  const { canary, blueGreen } = spec?.strategy ?? {};
  // Some traffic routers divide into more parts than a hundred.
  const parts = canary?.trafficRouting?.maxTrafficWeight || MAX_WEIGHT;
  const steps = (canary?.steps ?? []).map(step => toStep(step, parts));
  const currentStep = status?.currentStepIndex ?? undefined;
  return {
    namespace: metadata.namespace || undefined,
    name: metadata.name,
    strategy: strategyOf({ canary, blueGreen }),
    phase: status?.phase || undefined,
    message: withoutUserInfo(status?.message ?? '') || undefined,
    aborted: status?.abort ?? false,
    pauses: (status?.pauseConditions ?? []).map(({ reason, startTime }) => ({
      reason: reason ?? '',
      startedAt: decodeTime(startTime),
    })),
    steps,
    currentStep,
    weight: canary ? weightOf(status, { steps, parts }) : undefined,
    analyses: analysesOf(status),
  };
}

function strategyOf(strategy: {
  canary?: object | null;
  blueGreen?: object | null;
}): RolloutDetails['strategy'] {
  if (strategy.canary) {
    return 'canary';
  }
  return strategy.blueGreen ? 'blueGreen' : 'unknown';
}

/** A step has one field, by which Argo Rollouts tells what it is. */
function toStep(raw: z.infer<typeof stepSchema>, parts: number): RolloutStep {
  const { setWeight, pause, analysis } = raw;
  const kind = Object.keys(raw).find(key => raw[key] !== null) ?? '';
  return {
    kind,
    ...(typeof setWeight === 'number' && {
      weight: percentOf(setWeight, parts),
    }),
    ...(pause?.duration !== undefined &&
      pause.duration !== null && { duration: String(pause.duration) }),
    ...(analysis && {
      templates: (analysis.templates ?? []).flatMap(
        ({ templateName }) => templateName || [],
      ),
    }),
  };
}

/**
 * Without a traffic router, the weight isn't reported: it is that of the last
 * step that set one, and everything once all steps are done. A Rollout that is
 * aborted goes back to the old version.
 */
function weightOf(
  status: RawRollout['status'],
  { steps, parts }: { steps: RolloutStep[]; parts: number },
): number | undefined {
  const reported = status?.canary?.weights?.canary?.weight;
  const current = status?.currentStepIndex;
  if (typeof reported === 'number') {
    return percentOf(reported, parts);
  }
  if (status?.abort) {
    return 0;
  }
  if (typeof current !== 'number') {
    return undefined;
  }
  const reached = steps.slice(0, current + 1);
  return current >= steps.length
    ? MAX_WEIGHT
    : reached.findLast(({ weight }) => weight !== undefined)?.weight ?? 0;
}

function percentOf(weight: number, parts: number): number {
  return (weight / parts) * MAX_WEIGHT;
}

function analysesOf(status: RawRollout['status']): RolloutAnalysis[] {
  const { canary, blueGreen } = status ?? {};
  const runs: [RolloutAnalysis['kind'], z.infer<typeof runSchema>][] = [
    ['step', canary?.currentStepAnalysisRunStatus],
    ['background', canary?.currentBackgroundAnalysisRunStatus],
    ['pre-promotion', blueGreen?.prePromotionAnalysisRunStatus],
    ['post-promotion', blueGreen?.postPromotionAnalysisRunStatus],
  ];
  return runs.flatMap(([kind, run]) =>
    run?.name
      ? [
          {
            name: run.name,
            kind,
            status: run.status ?? '',
            message: withoutUserInfo(run.message ?? '') || undefined,
          },
        ]
      : [],
  );
}
