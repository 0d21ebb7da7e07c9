import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import type { JsonObject } from '@backstage/types';
import type { ArgoCdAccounts } from './accountTypes';
import type { ArgoCdResources } from './resourceTypes';

/**
 * What revision metadata tells of a revision. `date` is the author date.
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
 * An application by its name; without a namespace, in that of Argo CD itself.
 *
 * @public
 */
export type ApplicationAddress = Omit<ApplicationRef, 'namespace'> & {
  namespace?: string;
};

/**
 * What one read of the application stream brings. `heartbeat` is anything that
 * only proves that the stream lives.
 *
 * @public
 */
export type ApplicationEvent =
  | { type: 'changed'; application: Application }
  | {
      type: 'deleted';
      ref: ApplicationRef;
      /** Tells an application from a later one of the same name. */
      uid?: string;
    }
  | { type: 'undecodable'; ref?: ApplicationRef; error: Error }
  | { type: 'heartbeat' };

/**
 * A list of applications: those that could be decoded, and what was wrong with
 * the others, so that one odd application doesn't hide the rest.
 *
 * @public
 */
export interface ApplicationList {
  applications: Application[];
  undecodable: { ref?: ApplicationRef; error: Error }[];
}

/**
 * What tells one state of an application from another.
 *
 * @public
 */
export interface ApplicationVersion {
  ref: ApplicationRef;
  uid: string;
  resourceVersion?: string;
}

/**
 * One Argo CD instance, by its REST API. Every method rejects with an
 * `ArgoCdError` (or a subclass) that keeps Argo CD's own message.
 *
 * @public
 */
export interface ArgoCdClient {
  /** The instance's name in `argocd.appLocatorMethods[].instances[]`. */
  readonly instance: string;
  /** Base URL for links in pages (`frontendUrl`, else `url`), without a trailing slash. */
  readonly frontendUrl: string;
  /** What is done to applications. */
  readonly operations: ArgoCdOperations;
  /** The Kubernetes objects of applications. */
  readonly resources: ArgoCdResources;
  readonly accounts: ArgoCdAccounts;

  /**
   * All applications that the account may see, or those of a selector. Rejects
   * with an `ArgoCdUnreachableError` when the list is late.
   */
  listApplications(options?: {
    selector?: string;
    projects?: string[];
    /** Until the whole list is there, in milliseconds. Default: 10 minutes. */
    timeoutMs?: number;
    /** Without a byte of the list, in milliseconds. Default: 30 seconds. */
    idleTimeoutMs?: number;
    signal?: AbortSignal;
  }): Promise<ApplicationList>;

  /**
   * One application; undefined if it doesn't exist. With `refresh`, Argo CD
   * reconciles it first, which has a timeout of its own.
   *
   * Give the `project` where it is known: without it, Argo CD answers 403 for an
   * application that doesn't exist, which rejects with an `ArgoCdForbiddenError`
   * since it can't be told from one that is forbidden.
   */
  getApplication(
    ref: ApplicationAddress,
    options?: {
      project?: string;
      refresh?: 'normal' | 'hard';
      signal?: AbortSignal;
    },
  ): Promise<Application | undefined>;

  /** One application as Argo CD has it, undecoded; undefined if it doesn't exist. */
  getApplicationManifest(
    ref: ApplicationAddress,
    options?: { project?: string; signal?: AbortSignal },
  ): Promise<JsonObject | undefined>;

  /**
   * Events of all applications, until the signal aborts (then it returns), the
   * server ends the stream (returns) or something fails (throws). Sends nothing
   * before the first event, not even when it is connected: see `version` to
   * prove life. A version that `isKnown` says is known isn't decoded and counts as
   * a heartbeat: a new stream begins by telling all that there is.
   */
  streamApplications(options: {
    signal: AbortSignal;
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

  /** Creates an application, or updates it with `upsert`. Returns what Argo CD then has. */
  createApplication(
    manifest: JsonObject,
    options?: { upsert?: boolean; validate?: boolean; signal?: AbortSignal },
  ): Promise<Application>;

  /**
   * Makes an application what the manifest says, where `createApplication` with
   * `upsert` would keep labels and annotations that it doesn't have. Argo CD goes
   * by the manifest's name alone and ignores its `resourceVersion`, so this
   * overwrites what somebody else changed meanwhile.
   */
  updateApplication(
    manifest: JsonObject,
    options: { project: string; validate?: boolean; signal?: AbortSignal },
  ): Promise<Application>;

  /** Argo CD's version; answers without an account's rights, so it proves life. */
  version(options?: { signal?: AbortSignal }): Promise<string>;
}

/**
 * What a sync is to do. Everything left out is Argo CD's default.
 *
 * @public
 */
export interface SyncRequest {
  /** Default: the target revision of the application. */
  revision?: string;
  prune?: boolean;
  dryRun?: boolean;
  /** `apply` leaves hooks out; `hook` is Argo CD's default. */
  strategy?: 'apply' | 'hook';
  syncOptions?: string[];
  /** Only these resources; Argo CD ignores those that don't exist. */
  resources?: {
    group?: string;
    kind: string;
    namespace?: string;
    name: string;
  }[];
  /** Comes back as `operation.correlationId` of the application. */
  correlationId?: string;
}

/**
 * Operations on applications of one Argo CD instance. They reject like the
 * methods of `ArgoCdClient`; an operation that is already running is an
 * `ArgoCdConflictError`.
 *
 * @public
 */
export interface ArgoCdOperations {
  /** Starts a sync; its result comes with the application's state. */
  sync(
    ref: ApplicationRef,
    request?: SyncRequest,
    options?: { project?: string; signal?: AbortSignal },
  ): Promise<void>;

  /** Deploys an entry of the history again; refused while automated sync is on. */
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

  /** Deletes an application, by default with its resources; nothing happens if there is none. */
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
