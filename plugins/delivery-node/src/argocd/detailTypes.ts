import type { JsonObject } from '@backstage/types';

/**
 * A managed object as the latest comparison found it. Objects that it owns, such
 * as pods, have no such state.
 *
 * @public
 */
export interface ResourceSyncState {
  /** Empty for the core group. */
  group: string;
  kind: string;
  namespace?: string;
  name: string;
  /** In Argo CD's words, such as `Synced` or `OutOfSync`; absent for hooks. */
  status?: string;
  /** Git no longer has it, so a sync with `prune` deletes it. */
  requiresPruning: boolean;
  hook: boolean;
}

/**
 * What the running or latest operation did with one object.
 *
 * @public
 */
export interface SyncResultResource {
  /** Empty for the core group. */
  group: string;
  kind: string;
  namespace?: string;
  name: string;
  /** `Synced`, `SyncFailed`, `Pruned` or `PruneSkipped`. */
  status?: string;
  /** As Kubernetes reported it, such as `deployment.apps/api configured`. */
  message?: string;
  /** Such as `PreSync`; absent for objects that aren't hooks. */
  hookType?: string;
  /** Of a hook: `Running`, `Succeeded`, `Failed` and others. */
  hookPhase?: string;
}

/**
 * A setting of the tool that renders a source: a parameter or a value of Helm, a
 * setting of Kustomize, a variable of a plugin.
 *
 * @public
 */
export interface SourceParameter {
  /** Such as `image.tag` or `commonLabels.team`. */
  name: string;
  /** `(hidden)` if it is or may be secret. */
  value: string;
}

/**
 * The sync state of an application's objects, and what the running or latest
 * operation did with them.
 *
 * @public
 */
export interface ApplicationSyncDetails {
  resources: ResourceSyncState[];
  /** Of each source, in their order. */
  parameters: SourceParameter[][];
  /** Undefined without an operation, or while it hasn't applied anything. */
  syncResult?: SyncResultResource[];
}

/**
 * An object in the cluster, and as a sync would leave it. Both are masked: values
 * that are or may be secret are replaced, see `maskManifests`.
 *
 * @public
 */
export interface ResourceComparison {
  /** Undefined if the cluster doesn't have it. */
  live?: JsonObject;
  /** Undefined if Git doesn't have it. */
  desired?: JsonObject;
}

/**
 * An analysis of a Rollout: whether measurements allow it to go on.
 *
 * @public
 */
export interface RolloutAnalysis {
  /** Name of the AnalysisRun. */
  name: string;
  /** What it is part of. */
  kind: 'step' | 'background' | 'pre-promotion' | 'post-promotion';
  /** In the words of Argo Rollouts, such as `Running` or `Inconclusive`. */
  status: string;
  message?: string;
}

/**
 * A step of a canary rollout.
 *
 * @public
 */
export interface RolloutStep {
  /** The field of the step, such as `setWeight`, `pause` or `analysis`. */
  kind: string;
  /** Percentage of traffic, of `setWeight`. */
  weight?: number;
  /** Of `pause`, as written (`30s`) or in seconds; absent: until resumed. */
  duration?: string;
  /** Names of the templates, of `analysis`. */
  templates?: string[];
}

/**
 * A Rollout of Argo Rollouts.
 *
 * @public
 */
export interface RolloutDetails {
  namespace?: string;
  name: string;
  strategy: 'canary' | 'blueGreen' | 'unknown';
  /** In the words of Argo Rollouts: `Progressing`, `Paused`, `Healthy` or `Degraded`. */
  phase?: string;
  message?: string;
  aborted: boolean;
  /** Why it is paused, such as `CanaryPauseStep`, and since when. */
  pauses: { reason: string; startedAt?: string }[];
  /** Of a canary. */
  steps: RolloutStep[];
  /** The step under way; the number of steps when all are done. */
  currentStep?: number;
  /** Percentage of traffic that the new version gets; only of a canary. */
  weight?: number;
  analyses: RolloutAnalysis[];
}
