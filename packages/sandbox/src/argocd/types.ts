import type { Obj } from './json';

/** Metadata of a Kubernetes object, in the order in which Argo CD writes it. */
export interface ObjectMeta {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
}

/** One entry of `spec.source.helm.parameters`. */
export interface HelmParameter {
  name: string;
  value: string;
  forceString?: boolean;
}

export interface Source extends Obj {
  repoURL: string;
  path?: string;
  targetRevision?: string;
  chart?: string;
  ref?: string;
  helm?: Obj;
  kustomize?: Obj;
  directory?: Obj;
}

export interface Destination extends Obj {
  server?: string;
  name?: string;
  namespace?: string;
}

export interface ApplicationSpec extends Obj {
  source?: Source;
  sources?: Source[];
  destination: Destination;
  project: string;
  syncPolicy?: Obj;
  revisionHistoryLimit?: number;
}

export interface HealthStatus {
  status?: string;
  message?: string;
  lastTransitionTime?: string;
}

export interface ResourceStatus {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  status?: string;
  health?: HealthStatus;
  hook?: boolean;
  requiresPruning?: boolean;
  syncWave?: number;
}

interface SyncStatus {
  status: string;
  comparedTo: { source: Source; destination: Destination; sources?: Source[] };
  revision?: string;
  revisions?: string[];
}

export interface SyncResource {
  group: string;
  kind: string;
  name: string;
  namespace?: string;
}

/** `operation.sync`: the requested sync. */
export interface SyncOperation {
  revision?: string;
  prune?: boolean;
  dryRun?: boolean;
  syncStrategy?: Obj;
  resources?: SyncResource[];
  source?: Source;
  manifests?: string[];
  syncOptions?: string[];
  sources?: Source[];
  revisions?: string[];
  autoHealAttemptsCount?: number;
}

export interface Operation {
  sync: SyncOperation;
  initiatedBy: { username?: string; automated?: boolean };
  info?: { name: string; value: string }[];
  retry: { limit?: number; backoff?: Obj };
}

export interface ResourceResult {
  group: string;
  version: string;
  kind: string;
  namespace: string;
  name: string;
  status?: string;
  message?: string;
  hookType?: string;
  hookPhase?: string;
  syncPhase?: string;
  images?: string[];
}

export interface SyncResult {
  resources?: ResourceResult[];
  revision: string;
  source: Source;
  sources?: Source[];
  revisions?: string[];
}

export interface OperationState {
  operation: Operation;
  phase: string;
  message?: string;
  syncResult?: SyncResult;
  startedAt: string;
  finishedAt?: string;
  retryCount?: number;
}

export interface HistoryEntry {
  revision?: string;
  deployedAt: string;
  id: number;
  source: Source;
  deployStartedAt: string;
  sources?: Source[];
  revisions?: string[];
  initiatedBy: { username?: string; automated?: boolean };
}

export interface Condition {
  type: string;
  message: string;
  lastTransitionTime: string;
}

export interface ApplicationStatus {
  resources?: ResourceStatus[];
  sync: SyncStatus;
  health: HealthStatus;
  history?: HistoryEntry[];
  conditions?: Condition[];
  reconciledAt?: string;
  operationState?: OperationState;
  sourceType?: string;
  summary: { externalURLs?: string[]; images?: string[] };
  resourceHealthSource?: string;
  sourceTypes?: string[];
  controllerNamespace?: string;
  sourceHydrator: Obj;
}

export interface Application {
  metadata: ObjectMeta;
  spec: ApplicationSpec;
  status: ApplicationStatus;
  operation?: Operation;
}

export interface AppProject {
  metadata: ObjectMeta;
  spec: Obj;
  status: Obj;
}

/** A Kubernetes manifest as rendered or applied. */
export interface Manifest extends Obj {
  apiVersion: string;
  kind: string;
  metadata: ManifestMeta;
}

interface ManifestMeta extends Obj {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export const APPLICATION_API_VERSION = 'argoproj.io/v1alpha1';
export const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** The sources of an application, whether it has one or several. */
export function sourcesOf(spec: ApplicationSpec): Source[] {
  if (spec.sources?.length) {
    return spec.sources;
  }
  return spec.source ? [spec.source] : [];
}

export function hasMultipleSources(spec: ApplicationSpec): boolean {
  return Boolean(spec.sources?.length);
}
