import type { JsonObject } from '@backstage/types';
import type {
  ApplicationRef,
  HealthStatus,
  ImageUpdaterResource,
  SyncWindows,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ApplicationSyncDetails,
  ResourceComparison,
  RolloutDetails,
} from './detailTypes';

/**
 * Identifies a Kubernetes object of an application. Omit `group` for the core
 * group and `namespace` for an object without one.
 *
 * @public
 */
export interface ResourceRef {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
}

/**
 * A Kubernetes object that an application manages, or an object owned by one,
 * such as the pods of a Deployment.
 *
 * @public
 */
export interface ResourceNode {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  /** Absent while the object doesn't exist. */
  uid?: string;
  /** Uids of the owners. */
  parents: string[];
  images: string[];
  health?: { status: HealthStatus; message?: string };
  /** Argo CD's short details, such as `Status Reason: ImagePullBackOff`. */
  info: { name: string; value: string }[];
  externalUrls: string[];
  /** ISO 8601, UTC. */
  createdAt?: string;
}

/** @public */
export interface ResourceTree {
  nodes: ResourceNode[];
  /**
   * Objects in the application's namespace that belong to no application. Only
   * filled if the project monitors orphaned resources.
   */
  orphaned: ResourceNode[];
}

/**
 * An object of an application, in its desired state from Git and its live state
 * in the cluster. Argo CD blanks the values of Secrets.
 *
 * @public
 */
export interface ManagedResource {
  group: string;
  kind: string;
  namespace?: string;
  name: string;
  hook: boolean;
  /**
   * Undefined if Git doesn't have it. A sync with `prune` deletes such an
   * object.
   */
  target?: JsonObject;
  /** Undefined if the cluster doesn't have it. */
  live?: JsonObject;
}

/**
 * A Kubernetes event.
 *
 * @public
 */
export interface ResourceEvent {
  type: string;
  reason: string;
  message: string;
  /** How many times it occurred. */
  count: number;
  /** ISO 8601, UTC. */
  firstAt?: string;
  lastAt?: string;
}

/** @public */
export interface ResourceLink {
  title: string;
  url: string;
  description?: string;
}

/**
 * An action on one object, such as `restart` of a Deployment or `promote-full`
 * of a Rollout.
 *
 * @public
 */
export interface ResourceAction {
  name: string;
  /** The action doesn't apply in the current state. */
  disabled: boolean;
  /**
   * Names of the values that it needs. Such actions can't be run through this
   * client.
   */
  params: string[];
}

/** @public */
export interface ResourceReadOptions {
  /**
   * With it, Argo CD distinguishes a missing application from a forbidden one.
   */
  project?: string;
  signal?: AbortSignal;
  /**
   * From the call to the complete answer, in milliseconds. Default: 30 seconds.
   */
  timeoutMs?: number;
  /**
   * The longest answer that is read. A longer one rejects with an
   * `ArgoCdTooLargeError`. By default there is no limit.
   */
  maxBytes?: number;
}

/**
 * The Kubernetes objects of applications of one Argo CD instance, for pages
 * about a single application: none of this is watched or kept. The methods
 * reject like those of `ArgoCdClient`. For an object that isn't part of the
 * application, they reject with an `ArgoCdInvalidRequestError`.
 *
 * @public
 */
export interface ArgoCdResources {
  tree(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<ResourceTree>;

  managed(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<ManagedResource[]>;

  /** The sync state of its objects, and the result of the latest operation. */
  syncDetails(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<ApplicationSyncDetails>;

  /**
   * One object in the cluster and as a sync would leave it; undefined if the
   * application doesn't manage it.
   */
  comparison(
    ref: ApplicationRef,
    resource: Omit<ResourceRef, 'version'>,
    options?: ResourceReadOptions,
  ): Promise<ResourceComparison | undefined>;

  /** The Rollouts that it manages. Those of another shape are left out. */
  rollouts(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<RolloutDetails[]>;

  /** The Image Updater resources that it manages, in their live state. */
  imageUpdaters(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<ImageUpdaterResource[]>;

  /** The sync windows of the application's project that apply to it. */
  syncWindows(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<SyncWindows>;

  /**
   * Events of the application itself or of one of its objects, latest first.
   */
  events(
    ref: ApplicationRef,
    options?: ResourceReadOptions & {
      /** With the uid from the tree. */
      resource?: { namespace?: string; name: string; uid: string };
    },
  ): Promise<ResourceEvent[]>;

  /** The rendered manifests, at the target revision or another one. */
  manifests(
    ref: ApplicationRef,
    options?: ResourceReadOptions & { revision?: string },
  ): Promise<JsonObject[]>;

  /** Links that Argo CD's administrators configured for applications. */
  links(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<ResourceLink[]>;

  actions(
    ref: ApplicationRef,
    resource: ResourceRef,
    options?: ResourceReadOptions,
  ): Promise<ResourceAction[]>;

  /** Runs an action once. Its effect shows in the application's state. */
  runAction(
    ref: ApplicationRef,
    resource: ResourceRef,
    action: string,
    options?: ResourceReadOptions,
  ): Promise<void>;
}
