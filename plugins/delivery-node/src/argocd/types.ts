import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import type { JsonObject } from '@backstage/types';
import type { ArgoCdAccounts } from './accountTypes';
import type { ArgoCdApplicationSets, ArgoCdProjects } from './adminTypes';
import type { ArgoCdResources } from './resourceTypes';

/**
 * Metadata of a revision. `date` is the author date.
 *
 * @public
 */
export interface RevisionMetadata {
  author: string;
  date: string;
  message: string;
  tags: string[];
}

/**
 * An application by its name. Without a namespace, Argo CD's own is used.
 *
 * @public
 */
export type ApplicationAddress = Omit<ApplicationRef, 'namespace'> & {
  namespace?: string;
};

/**
 * One event read from the application stream. A `heartbeat` only proves that
 * the stream is alive.
 *
 * @public
 */
export type ApplicationEvent =
  | { type: 'changed'; application: Application }
  | {
      type: 'deleted';
      ref: ApplicationRef;
      /** Distinguishes an application from a later one of the same name. */
      uid?: string;
    }
  | { type: 'undecodable'; ref?: ApplicationRef; error: Error }
  /** Events may be missing: only another list shows the current state. */
  | { type: 'gap' }
  | { type: 'heartbeat' };

/**
 * A list of applications: those that could be decoded, and the errors of the
 * others. One malformed application doesn't hide the rest.
 *
 * @public
 */
export interface ApplicationList {
  applications: Application[];
  undecodable: { ref?: ApplicationRef; error: Error }[];
  /**
   * Projects whose applications could not be listed, and so may exist although
   * they aren't in the list. Their errors are in `undecodable`.
   */
  unreadProjects?: string[];
}

/**
 * Identifies one state of an application.
 *
 * @public
 */
export interface ApplicationVersion {
  ref: ApplicationRef;
  uid: string;
  resourceVersion?: string;
}

/**
 * One Argo CD instance, accessed by its REST API. Every method rejects with an
 * `ArgoCdError` (or a subclass) that keeps Argo CD's own message.
 *
 * @public
 */
export interface ArgoCdClient {
  /** The instance's name in `argocd.appLocatorMethods[].instances[]`. */
  readonly instance: string;
  /** Base URL for links in pages (`frontendUrl`, else `url`), without a trailing slash. */
  readonly frontendUrl: string;
  /** Operations on applications. */
  readonly operations: ArgoCdOperations;
  /** The Kubernetes objects of applications. */
  readonly resources: ArgoCdResources;
  readonly accounts: ArgoCdAccounts;
  readonly projects: ArgoCdProjects;
  readonly applicationSets: ArgoCdApplicationSets;

  /**
   * All applications that the account may see, or those that match a selector.
   * Rejects with an `ArgoCdUnreachableError` if the list takes too long.
   */
  listApplications(options?: {
    selector?: string;
    projects?: string[];
    /**
     * Time limit for the complete list, in milliseconds. Default: 10 minutes.
     */
    timeoutMs?: number;
    /**
     * Longest time without a byte of the list, in milliseconds. Default: 30
     * seconds.
     */
    idleTimeoutMs?: number;
    signal?: AbortSignal;
  }): Promise<ApplicationList>;

  /**
   * One application; undefined if it doesn't exist. With `refresh`, Argo CD
   * reconciles it first, under a separate timeout.
   *
   * Give the `project` if it is known. Without it, Argo CD answers 403 for an
   * application that doesn't exist. That rejects with an
   * `ArgoCdForbiddenError`, because it looks the same as a forbidden one.
   */
  getApplication(
    ref: ApplicationAddress,
    options?: {
      project?: string;
      refresh?: 'normal' | 'hard';
      signal?: AbortSignal;
    },
  ): Promise<Application | undefined>;

  /**
   * One application as Argo CD sends it, undecoded; undefined if it doesn't
   * exist.
   */
  getApplicationManifest(
    ref: ApplicationAddress,
    options?: { project?: string; signal?: AbortSignal },
  ): Promise<JsonObject | undefined>;

  /**
   * Streams the events of all applications. Returns when the signal aborts or
   * the server ends the stream, and throws when something fails. Yields nothing
   * before the first event, not even once connected: use `version` to check
   * that Argo CD responds. A new stream starts with every existing application,
   * so a version for which `isKnown` returns true isn't decoded and counts as a
   * heartbeat.
   */
  streamApplications(options: {
    signal: AbortSignal;
    /** Default: all that the account may see. */
    projects?: string[];
    isKnown?: (version: ApplicationVersion) => boolean;
  }): AsyncIterable<ApplicationEvent>;

  /** Metadata of a Git revision of one of the application's sources. */
  getRevisionMetadata(
    ref: ApplicationRef,
    revision: string,
    options?: {
      project?: string;
      /** For multi-source applications; needs `historyId` too. */
      sourceIndex?: number;
      historyId?: number;
      signal?: AbortSignal;
    },
  ): Promise<RevisionMetadata>;

  /**
   * Creates an application, or updates it with `upsert`. Returns the resulting
   * application.
   */
  createApplication(
    manifest: JsonObject,
    options?: { upsert?: boolean; validate?: boolean; signal?: AbortSignal },
  ): Promise<Application>;

  /**
   * Makes an application match the manifest. Unlike `createApplication` with
   * `upsert`, it also removes labels and annotations that the manifest doesn't
   * have. Argo CD goes by the manifest's name alone and ignores its
   * `resourceVersion`, so this overwrites concurrent changes.
   */
  updateApplication(
    manifest: JsonObject,
    options: { project: string; validate?: boolean; signal?: AbortSignal },
  ): Promise<Application>;

  /**
   * Argo CD's version. It needs no permissions, so it shows whether Argo CD
   * responds.
   */
  version(options?: { signal?: AbortSignal }): Promise<string>;
}

/**
 * Options of a sync. Argo CD's defaults apply to whatever is omitted.
 *
 * @public
 */
export interface SyncRequest {
  /** Default: the target revision of the application. */
  revision?: string;
  /**
   * Of an application with several sources: revisions of some of them, by their
   * position, which begins with 1. Default: their target revisions.
   */
  revisions?: { position: number; revision: string }[];
  prune?: boolean;
  dryRun?: boolean;
  /** `apply` skips hooks; `hook` is Argo CD's default. */
  strategy?: 'apply' | 'hook';
  /** Overwrites fields that others manage, and recreates what can't be patched. */
  force?: boolean;
  /** Replaces resources instead of applying them. */
  replace?: boolean;
  syncOptions?: string[];
  /** Only these resources; Argo CD ignores those that don't exist. */
  resources?: {
    group?: string;
    kind: string;
    namespace?: string;
    name: string;
  }[];
  /** Returned as `operation.correlationId` of the application. */
  correlationId?: string;
  /** Shown by Argo CD with the operation, such as who asked for it. */
  infos?: { name: string; value: string }[];
}

/**
 * Operations on applications of one Argo CD instance. They reject like the
 * methods of `ArgoCdClient`. If an operation is already running, they reject
 * with an `ArgoCdConflictError`. `operationOutcome` says of any error whether
 * Argo CD may have begun.
 *
 * @public
 */
export interface ArgoCdOperations {
  /**
   * Has Argo CD read Git and compare; with `hard`, it also renders the manifests
   * again. Resolves once it has, which may never be the case while its controller
   * is down. It is done all the same if the call is given up. Needs the permission
   * to read only.
   */
  refresh(
    ref: ApplicationRef,
    request?: { hard?: boolean },
    options?: { project?: string; signal?: AbortSignal; timeoutMs?: number },
  ): Promise<void>;

  /** Starts a sync. Its result shows in the application's state. */
  sync(
    ref: ApplicationRef,
    request?: SyncRequest,
    options?: { project?: string; signal?: AbortSignal },
  ): Promise<void>;

  /**
   * Redeploys an entry of the history. Argo CD refuses this while automated
   * sync is on.
   */
  rollback(
    ref: ApplicationRef,
    request: { historyId: number; prune?: boolean; dryRun?: boolean },
    options?: { project?: string; signal?: AbortSignal },
  ): Promise<void>;

  /** Stops the running operation. */
  terminate(
    ref: ApplicationRef,
    options?: { project?: string; signal?: AbortSignal },
  ): Promise<void>;

  /**
   * Deletes an application, by default with its resources. Does nothing if it
   * doesn't exist.
   */
  deleteApplication(
    ref: ApplicationRef,
    options: {
      project: string;
      cascade?: boolean;
      /** Whether to wait for the resources. Argo CD's default is `foreground`. */
      propagationPolicy?: 'foreground' | 'background';
      signal?: AbortSignal;
    },
  ): Promise<void>;
}

/**
 * The configured Argo CD instances, in the order of configuration.
 *
 * @public
 */
export interface ArgoCdInstances {
  list(): ArgoCdClient[];
  /** Throws a `NotFoundError` that names the configured instances. */
  get(name: string): ArgoCdClient;
}
