import type { ImageVersion } from '../model/promotion';
import type { StageName } from '../model/stages';

/**
 * How long a version took from its push until it was Healthy.
 *
 * @public
 */
export interface LeadTime {
  ms: number;
  /**
   * The milliseconds until each stage, from the stage before it. Their sum is `ms`.
   * Absent if the time of a stage isn't known.
   */
  stages?: Partial<Record<StageName, number>>;
}

/**
 * What the figures of delivery performance need of a promotion whose version was
 * put into its application, or whose sync failed. Times are milliseconds since 1970.
 *
 * @public
 */
export interface DeployedChange {
  /** The promotion's id. */
  id: string;
  /** Identifies the application. */
  application: string;
  repository: string;
  version: ImageVersion;
  /** When it was synced; if it never was, when it failed or was found Healthy. */
  deployedAt: number;
  healthyAt?: number;
  failedAt?: number;
  /**
   * When its failure ended, as far as the promotion itself shows it: it became
   * Healthy after all, or a rollback was applied.
   */
  restoredAt?: number;
  /** It failed, even if it recovered, or it was rolled back. */
  isFailed: boolean;
  /** It has no outcome yet. */
  isOpen: boolean;
  /** An earlier deployment, put back. */
  isRollback: boolean;
  /** Some of its times are those at which Landfall noticed it. */
  isObserved: boolean;
  /** Absent if it isn't Healthy, or if the time of its push isn't known. */
  leadTime?: LeadTime;
}

/**
 * Why a version isn't part of a figure.
 *
 * - `before-watch`: it was deployed before Landfall watched the application, so
 *   whether and when it became Healthy isn't known. Not in any figure.
 * - `repeated`: a rollback, or another return to a version that had been deployed
 *   before. Not in any figure: nothing new was deployed.
 * - `under-way`: neither Healthy nor failed yet. Not in any figure.
 * - `unconfirmed`: replaced before it was seen to become Healthy or to fail. Not in
 *   any figure.
 * - `no-push-time`: its registry gives no time of the push. Not in the lead time.
 * - `no-stage-times`: the time of a stage isn't known. Not in the shares of stages.
 * - `no-failure-time`: it was rolled back without having failed, so nobody knows
 *   since when there was a problem. Not in the time to restore.
 * - `not-restored`: nothing has replaced the failed version yet. Not in the time to
 *   restore.
 *
 * @public
 */
export type LeftOutReason =
  | 'before-watch'
  | 'repeated'
  | 'under-way'
  | 'unconfirmed'
  | 'no-push-time'
  | 'no-stage-times'
  | 'no-failure-time'
  | 'not-restored';

/**
 * Durations in milliseconds. A percentile is the shortest of them within which at
 * least that share of all stay; absent without any.
 *
 * @public
 */
export interface DurationFigures {
  count: number;
  p50Ms?: number;
  p90Ms?: number;
}

/**
 * How well versions were delivered in one period. A version belongs to the period in
 * which it was deployed, whatever happened later.
 *
 * @public
 */
export interface PerformanceFigures {
  /**
   * How many deployments became Healthy. A deployment is one sync of one
   * application that applies new versions, whatever their number.
   */
  deployments: number;
  /** How many deployments became Healthy or failed. */
  attempts: number;
  /** How many of `attempts` failed or were rolled back, even if they recovered. */
  failures: number;
  /** From the push of a version until it was Healthy. */
  leadTime: DurationFigures;
  /** What the lead times consist of. */
  leadTimeStages: {
    /** Of how many versions. */
    count: number;
    /** How long all of them together took to reach each stage, in milliseconds. */
    totalMs: Partial<Record<StageName, number>>;
  };
  /**
   * From the failure of a deployment until the application was Healthy with any
   * later version, or the rollback was applied.
   */
  restoreTime: DurationFigures;
  /** How many versions have times that Landfall observed, rather than a source. */
  observed: number;
  /** How many versions, or deployments, aren't part of figures, by reason. */
  leftOut: Partial<Record<LeftOutReason, number>>;
}

/**
 * Consecutive parts of a time, all of the same length but the last. Times are
 * milliseconds since 1970.
 *
 * @public
 */
export interface PerformanceBuckets {
  startMs: number;
  /** Exclusive. */
  endMs: number;
  /** The length of a bucket. */
  stepMs: number;
}
