/**
 * One Argo CD Application: the name of the Argo CD instance in our
 * configuration, and the Application's namespace and name in it.
 *
 * @public
 */
export interface ApplicationRef {
  instance: string;
  namespace: string;
  name: string;
}

/**
 * Whether two refs are of one application.
 *
 * @public
 */
export function isSameApplication(
  a: ApplicationRef,
  b: ApplicationRef,
): boolean {
  return (
    a.instance === b.instance &&
    a.namespace === b.namespace &&
    a.name === b.name
  );
}

/**
 * Health as Argo CD computes it. Values that a later Argo CD adds are decoded
 * as `Unknown`.
 *
 * @public
 */
export type HealthStatus =
  | 'Healthy'
  | 'Progressing'
  | 'Degraded'
  | 'Suspended'
  | 'Missing'
  | 'Unknown';

/** @public */
export type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

/** @public */
export type OperationPhase =
  | 'Running'
  | 'Terminating'
  | 'Failed'
  | 'Error'
  | 'Succeeded';

/**
 * Who or what started a sync: a user or account, or Argo CD's automated sync.
 *
 * @public
 */
export interface Initiator {
  username?: string;
  automated: boolean;
}

/**
 * A tool that renders manifests and takes parameters.
 *
 * @public
 */
export type SourceTool = 'Helm' | 'Kustomize' | 'Plugin';

/**
 * One source of an Application: a path in a Git repository or a chart.
 *
 * @public
 */
export interface ApplicationSource {
  repoUrl: string;
  path?: string;
  chart?: string;
  targetRevision?: string;
  /** The tool that the source configures explicitly. */
  tool?: SourceTool;
  helmParameters?: { name: string; value: string }[];
  kustomizeImages?: string[];
  /** The name by which the values files of other sources refer to this one. */
  ref?: string;
  /** As written, without URLs: relative to the path, from the root, or `$<ref>/…`. */
  valueFiles?: string[];
}

/**
 * One entry of `status.history`: a successful, full sync. `revisions` pairs
 * with `sources`. Times are ISO 8601 in UTC.
 *
 * @public
 */
export interface ApplicationHistoryEntry {
  id: number;
  revisions: string[];
  sources: ApplicationSource[];
  deployStartedAt?: string;
  deployedAt: string;
  initiatedBy?: Initiator;
}

/**
 * The running or latest operation (`status.operationState`) of an Application.
 *
 * @public
 */
export interface ApplicationOperation {
  phase: OperationPhase;
  message?: string;
  startedAt: string;
  finishedAt?: string;
  retryCount?: number;
  initiatedBy?: Initiator;
  dryRun: boolean;
  /**
   * Only some resources were synced, as in every self-heal. Such a sync writes
   * no history.
   */
  partial: boolean;
  /** The revisions that were, or were to be, synced; one per source. */
  revisions: string[];
  /**
   * Images of the resources that this operation applied
   * (`syncResult.resources[].images`). Those of hooks are only kept if nothing else
   * carries their repository.
   */
  images: string[];
  /** Images that only hooks of this operation have; absent if there are none. */
  hookImages?: string[];
  /** Our own id, when the operation was started through Landfall. */
  correlationId?: string;
}

/** @public */
export interface ApplicationCondition {
  type: string;
  message: string;
  lastTransitionTime?: string;
}

/**
 * A resource that isn't well or isn't in sync. Resources that are both well and
 * in sync aren't kept.
 *
 * @public
 */
export interface ApplicationResource {
  group: string;
  kind: string;
  namespace?: string;
  name: string;
  syncStatus?: string;
  health?: { status: HealthStatus; message?: string };
}

/**
 * Pods of an application that don't start or that crash, all for the same reason.
 *
 * @public
 */
export interface PodFailure {
  /** The name of one of them. */
  pod: string;
  namespace?: string;
  /** How many there are. */
  pods: number;
  /** As `kubectl get pods` shows it, such as `ImagePullBackOff`, or the reason of an event. */
  reason?: string;
  /** The container's, or that of the latest warning about the pod. */
  message?: string;
}

/**
 * A sync window of a project that applies to an application.
 *
 * @public
 */
export interface SyncWindow {
  kind: 'allow' | 'deny';
  /** Cron expression. */
  schedule: string;
  /** As Argo CD writes it, such as `1h`. */
  duration: string;
  timeZone?: string;
}

/**
 * The sync windows of an application: those that are open now (`active`), and
 * all of them (`assigned`).
 *
 * @public
 */
export interface SyncWindows {
  active: SyncWindow[];
  assigned: SyncWindow[];
}

/**
 * What Landfall keeps of an Argo CD Application: only what the reducer and the
 * pages need, so that many thousands fit in little memory. The decoder of
 * `delivery-node` creates it. Multi-source applications have several `sources`.
 *
 * @public
 */
export interface Application {
  ref: ApplicationRef;
  uid: string;
  /** Opaque and only comparable for equality, as in Kubernetes. */
  resourceVersion?: string;
  project: string;
  createdAt?: string;
  /** Set while Argo CD is deleting the application. */
  deletedAt?: string;
  labels: Record<string, string>;
  /**
   * Only the annotations that Landfall uses: the Image Updater's, links, and
   * the entity's ref.
   */
  annotations: Record<string, string>;
  destination: { server?: string; name?: string; namespace?: string };
  sources: ApplicationSource[];
  /**
   * The type of each source as Argo CD detected it (`status.sourceTypes`), such
   * as `Helm` or `Directory`. Absent until Argo CD has compared.
   */
  sourceTypes?: string[];
  /**
   * Set if Argo CD hydrates the manifests: where people write them. The only
   * source in `sources` is then the hydrated one.
   */
  drySource?: ApplicationSource;
  automatedSync: boolean;
  sync: { status: SyncStatus; revisions: string[] };
  /**
   * Set if Argo CD hydrates the manifests: the commit of the dry source from
   * which the revision in `sync` was made. This is the commit that somebody
   * wrote.
   */
  dryRevision?: string;
  health: {
    status: HealthStatus;
    message?: string;
    lastTransitionTime?: string;
  };
  /**
   * Images of live pods (`status.summary.images`): two versions of an image
   * during a rollout.
   */
  images: string[];
  externalUrls: string[];
  /** Oldest first. */
  history: ApplicationHistoryEntry[];
  operation?: ApplicationOperation;
  conditions: ApplicationCondition[];
  resources: {
    total: number;
    outOfSync: number;
    unwell: ApplicationResource[];
    /**
     * How many of them are the Image Updater's own resources; absent if none.
     */
    imageUpdaters?: number;
    /** How many of them are Rollouts of Argo Rollouts; absent if none. */
    rollouts?: number;
  };
  reconciledAt?: string;
}
