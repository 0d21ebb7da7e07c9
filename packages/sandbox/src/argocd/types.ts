import type { Obj } from './json';

/** Metadata of an Application or AppProject. */
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

interface Destination extends Obj {
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

/** `operation.sync`: the requested sync. */
export interface SyncOperation {
  revision?: string;
  prune?: boolean;
  dryRun?: boolean;
  syncStrategy?: Obj;
  resources?: Pick<ResourceStatus, 'group' | 'kind' | 'name' | 'namespace'>[];
  source?: Source;
  syncOptions?: string[];
  sources?: Source[];
  revisions?: string[];
  autoHealAttemptsCount?: number;
}

interface Initiator {
  username?: string;
  automated?: boolean;
}

export interface Operation {
  sync: SyncOperation;
  initiatedBy: Initiator;
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
  initiatedBy: Initiator;
}

export interface Condition {
  type: string;
  message: string;
  lastTransitionTime?: string;
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
/** Argo CD's annotation that makes its controller skip an application. */
export const SKIP_RECONCILE = 'argocd.argoproj.io/skip-reconcile';
/** The annotation of what `kubectl apply` applied last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The sources of an application, whether it has one or several. */
export function sourcesOf(spec: ApplicationSpec): Source[] {
  return spec.sources ?? (spec.source ? [spec.source] : []);
}
