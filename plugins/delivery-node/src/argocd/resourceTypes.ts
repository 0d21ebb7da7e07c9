import type { JsonObject } from '@backstage/types';
import type {
  ApplicationRef,
  HealthStatus,
  ImageUpdaterResource,
  SyncWindows,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * Which Kubernetes object of an application. `group` is left out for the core
 * group, `namespace` for what has none.
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
 * A Kubernetes object that an application manages, or that one of those owns,
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
  /** Uids of the objects that own it. */
  parents: string[];
  images: string[];
  health?: { status: HealthStatus; message?: string };
  /** What Argo CD says of it in short, such as `Status Reason: ImagePullBackOff`. */
  info: { name: string; value: string }[];
  externalUrls: string[];
  /** ISO 8601, UTC. */
  createdAt?: string;
}

/** @public */
export interface ResourceTree {
  nodes: ResourceNode[];
  /** Objects in the application's namespace that belong to no application; only where the project looks for them. */
  orphaned: ResourceNode[];
}

/**
 * An object of an application as Git wants it and as the cluster has it. Argo
 * CD blanks the values of Secrets.
 *
 * @public
 */
export interface ManagedResource {
  group: string;
  kind: string;
  namespace?: string;
  name: string;
  hook: boolean;
  /** Undefined if Git doesn't have it: a sync with `prune` deletes it. */
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
  /** How often it happened. */
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
 * Something that can be done with one object, such as `restart` of a
 * Deployment or `promote-full` of a Rollout.
 *
 * @public
 */
export interface ResourceAction {
  name: string;
  /** It makes no sense in the present state. */
  disabled: boolean;
  /** Names of values that it needs. Those actions can't be run through here. */
  params: string[];
}

/** @public */
export interface ResourceReadOptions {
  /** With it, Argo CD tells a missing application from a forbidden one. */
  project?: string;
  signal?: AbortSignal;
}

/**
 * The Kubernetes objects of applications of one Argo CD instance, for pages of
 * a single application: none of this is watched or kept. The methods reject
 * like those of `ArgoCdClient`; an object that isn't part of the application is
 * an `ArgoCdInvalidRequestError`.
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

  /** Of what it manages, the Image Updater's resources, as they are in the cluster. */
  imageUpdaters(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<ImageUpdaterResource[]>;

  /** The sync windows of the application's project that apply to it. */
  syncWindows(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<SyncWindows>;

  /** Events of the application itself, or of one of its objects; the latest first. */
  events(
    ref: ApplicationRef,
    options?: ResourceReadOptions & {
      /** With its uid, as the tree has it. */
      resource?: { namespace?: string; name: string; uid: string };
    },
  ): Promise<ResourceEvent[]>;

  /** What Argo CD renders, at the target revision or another one. */
  manifests(
    ref: ApplicationRef,
    options?: ResourceReadOptions & { revision?: string },
  ): Promise<JsonObject[]>;

  /** Links that Argo CD's administrators have set up for applications. */
  links(
    ref: ApplicationRef,
    options?: ResourceReadOptions,
  ): Promise<ResourceLink[]>;

  actions(
    ref: ApplicationRef,
    resource: ResourceRef,
    options?: ResourceReadOptions,
  ): Promise<ResourceAction[]>;

  /** Runs an action once; what it does is seen in the application's state. */
  runAction(
    ref: ApplicationRef,
    resource: ResourceRef,
    action: string,
    options?: ResourceReadOptions,
  ): Promise<void>;
}
