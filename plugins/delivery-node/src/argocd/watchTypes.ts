import type {
  Application,
  ApplicationRef,
  InstanceErrorCode,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * Receives the updates of a watch. Calls come one at a time, each after the
 * promise of the last one has settled, so that a slow store slows the watch
 * down instead of filling the memory. A rejection makes the watch reconnect and
 * list again.
 *
 * @public
 */
export interface ApplicationWatchListener {
  /**
   * Receives the complete list, on every (re)connect and at intervals.
   * Applications that are neither in it nor in `unread`, nor in one of
   * `unreadProjects`, are gone. `unread` are applications that exist, or must be
   * assumed to, although they could not be read.
   */
  onList(
    applications: Application[],
    seenAt: string,
    unread: ApplicationRef[],
    unreadProjects?: string[],
  ): Promise<void>;
  onChanged(application: Application, seenAt: string): Promise<void>;
  onDeleted(ref: ApplicationRef, seenAt: string): Promise<void>;
  /**
   * Receives changes of the watch's own state. A change of `lastReceivedAt` alone
   * isn't reported, see `ApplicationWatch.status`.
   */
  onState(status: ApplicationWatchStatus): Promise<void>;
}

/** @public */
export interface ApplicationWatchStatus {
  state: 'connecting' | 'live' | 'unreachable';
  /** ISO 8601, UTC. */
  since: string;
  lastReceivedAt?: string;
  /** The code for `error`, without addresses and names. */
  errorCode?: InstanceErrorCode;
  /**
   * One sentence, with Argo CD's own message if there is one. While the watch
   * is live, it describes the applications that can't be read.
   */
  error?: string;
}

/**
 * A seeded watch of one Argo CD instance: it lists, then streams, and lists
 * again on every reconnect and at intervals. The connection counts as dead
 * after 30 s of silence once the first byte arrived, or when `version` fails
 * before that.
 *
 * @public
 */
export interface ApplicationWatch {
  readonly instance: string;
  start(): void;
  /** Resolves when the listener will receive no more calls. */
  stop(): Promise<void>;
  status(): ApplicationWatchStatus;
  /**
   * Requests a fresh read of one application. Requests for the same application
   * are merged.
   */
  requestRefresh(ref: ApplicationRef): void;
  /** Lists all applications now instead of at the end of the interval. */
  relist(): void;
}
