import type { Obj } from '../json';
import type { Manifest } from '../types';

/**
 * The pods of one version of a workload, which start and end together. Times
 * are milliseconds since the epoch.
 */
export interface PodSet {
  hash: string;
  revision: number;
  images: string[];
  uid: string;
  replicas: number;
  createdAt: number;
  /** When the images were pulled. */
  pulledAt?: number;
  readyAt?: number;
  /** Why they don't start, as in the container's `waiting` state. */
  waiting?: { reason: string; message: string };
  /** When they disappear; until then they are terminating. */
  gone?: number;
}

/** How far a Rollout's canary is; at its end, `stable` is the current version. */
export interface Canary {
  /** Hash of the template that runs beside the new one. */
  stable: string;
  /** Index of the step under way. */
  step: number;
  pausedAt?: number;
  aborted?: boolean;
  /** Somebody promoted it past all steps. */
  full?: boolean;
}

/** The state of a Deployment, StatefulSet, DaemonSet, Rollout or bare Pod. */
export interface Workload {
  paused: boolean;
  /** Hash of the current template. */
  current: string;
  revision: number;
  sets: PodSet[];
  /** When something last progressed, for the progress deadline. */
  progressAt: number;
  degraded: boolean;
  /** Of a Rollout. */
  canary?: Canary;
}

/** The state of a Job. */
export interface Job {
  pods: PodSet;
  finishedAt?: number;
  failed?: boolean;
}

/** An object in the cluster. */
export interface LiveObject {
  /** What was applied, including later changes by others. */
  manifest: Manifest;
  /**
   * The last manifest that was applied. Its fields that the next one lacks are
   * removed.
   */
  lastApplied?: Manifest;
  uid: string;
  resourceVersion: string;
  generation: number;
  createdAt: number;
  deletedAt?: number;
  status?: Obj;
  workload?: Workload;
  job?: Job;
}

/** Kinds that run pods until they are deleted. */
export const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
  'Pod',
];
