import { asObject, at, isObject, type Obj } from '../json';
import type { Manifest } from '../types';

/** A pod of a workload; times are milliseconds since the epoch. */
export interface Pod {
  name: string;
  uid: string;
  createdAt: number;
  /** When its images were pulled. */
  pulledAt?: number;
  readyAt?: number;
  /** Why it doesn't start, as in the container's `waiting` state. */
  waiting?: { reason: string; message: string };
  /** When it disappears; until then it is terminating. */
  gone?: number;
}

/** One version of a workload's pod template and the pods that run it. */
export interface ReplicaSet {
  hash: string;
  revision: number;
  images: string[];
  createdAt: number;
  uid: string;
  replicas: number;
  pods: Pod[];
}

/** The state of a Deployment, StatefulSet, DaemonSet or bare Pod. */
export interface Workload {
  replicas: number;
  paused: boolean;
  /** Hash of the current template. */
  current: string;
  sets: ReplicaSet[];
  /** When something last progressed, for the progress deadline. */
  progressAt: number;
  degraded: boolean;
}

/** The state of a Job. */
export interface Job {
  images: string[];
  pod: Pod;
  startedAt: number;
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

/**
 * Restores an object from the journal. It was typed when written, so only the
 * outline is checked.
 */
export function restoreLiveObject(value: unknown): LiveObject | undefined {
  return isLiveObject(value) ? value : undefined;
}

function isLiveObject(value: unknown): value is LiveObject {
  return (
    isObject(at(value, 'manifest', 'metadata')) &&
    typeof at(value, 'uid') === 'string' &&
    typeof asObject(value).createdAt === 'number'
  );
}

/** Kinds that run pods until they are deleted. */
export const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Pod',
];
