import { asObject, at, isObject, type Obj } from '../json';
import type { Manifest } from '../types';

/** A pod of a workload; times are milliseconds since the epoch. */
export interface Pod {
  name: string;
  uid: string;
  createdAt: number;
  /** When its images had been pulled. */
  pulledAt?: number;
  readyAt?: number;
  /** Why it doesn't start, as the container's `waiting` state says. */
  waiting?: { reason: string; message: string };
  /** When it is gone; it is terminating until then. */
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
  /** Hash of the wanted template. */
  current: string;
  sets: ReplicaSet[];
  /** When something last went forward, for the progress deadline. */
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
  /** What was applied, with what others changed since. */
  manifest: Manifest;
  /** What was applied last: a field that is in it but no longer wanted goes away. */
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

/** Reads back what the journal wrote; it was typed then, so only the outline is checked. */
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
