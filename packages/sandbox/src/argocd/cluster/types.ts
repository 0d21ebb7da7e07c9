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

/** The state of a Deployment, StatefulSet, DaemonSet or bare Pod. */
export interface Workload {
  paused: boolean;
  /** Hash of the current template. */
  current: string;
  revision: number;
  sets: PodSet[];
  /** When something last progressed, for the progress deadline. */
  progressAt: number;
  degraded: boolean;
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
  'Pod',
];
