import type {
  Application,
  ApplicationRef,
  InstanceErrorCode,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * Hears what a watch learns. Calls are made one after another: the next comes
 * when the promise of the last one has settled, so that a slow store slows the
 * watch instead of filling the memory. A rejection makes the watch list again.
 *
 * @public
 */
export interface ApplicationWatchListener {
  /**
   * The whole list, on every (re)connect and at intervals: what is neither in it
   * nor in `unread` is gone. `unread` are applications that are there, or have to be
   * taken for it, although nothing of them could be read.
   */
  onList(
    applications: Application[],
    seenAt: string,
    unread: ApplicationRef[],
  ): Promise<void>;
  onChanged(application: Application, seenAt: string): Promise<void>;
  onDeleted(ref: ApplicationRef, seenAt: string): Promise<void>;
  /** The watch's own state changed; `lastHeardAt` alone isn't told, see `ApplicationWatch.status`. */
  onState(status: ApplicationWatchStatus): Promise<void>;
}

/** @public */
export interface ApplicationWatchStatus {
  state: 'connecting' | 'live' | 'unreachable';
  /** ISO 8601, UTC. */
  since: string;
  lastHeardAt?: string;
  /** What `error` is about, without addresses and names. */
  errorCode?: InstanceErrorCode;
  /**
   * One sentence, with Argo CD's own message where there is one. While it is live:
   * which applications can't be read.
   */
  error?: string;
}

/**
 * A seeded watch of one Argo CD instance: list, then stream; list again on
 * every reconnect and at intervals; dead when silent for 30 s after the first
 * byte, or when `version` doesn't answer before it.
 *
 * @public
 */
export interface ApplicationWatch {
  readonly instance: string;
  start(): void;
  /** Resolves when nothing more will be told to the listener. */
  stop(): Promise<void>;
  status(): ApplicationWatchStatus;
  /** Reads one application again soon. Calls for the same application are merged. */
  requestRefresh(ref: ApplicationRef): void;
  /** Lists all applications again now, instead of at the end of the interval. */
  relist(): void;
}
