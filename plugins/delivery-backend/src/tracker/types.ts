import type {
  Application,
  ApplicationRef,
  Change,
  DeliveryState,
  ImageUpdaterResource,
  Observation,
  RevisionResolved,
  SyncWindowsObserved,
} from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';
import type { Fence } from '../store/fence';

/**
 * An application of which an observation can't be stored. It stays as it was.
 *
 * @internal
 */
export interface SetAside {
  ref: ApplicationRef;
  /** A sentence that names the application. */
  reason: string;
}

/**
 * Takes what the outside told us, and keeps what follows from it: each call
 * loads what concerns it, reduces, and writes everything and what is to be told
 * to pages in one transaction. When the promise resolves it is committed, except
 * for what is at fault itself: that is left out and returned with the reason, so
 * that it keeps nothing else from being stored. With a fence it is only written
 * while that stands, else refused with a `FencedError`.
 *
 * @internal
 */
export interface Tracker {
  /**
   * A whole list is being written. What can wait should: the listener is told
   * when it is over, as far as there is something to be read.
   */
  readonly isListing: boolean;

  /** One application, changed or gone. */
  observeApplication(
    observation: Extract<
      Observation,
      { kind: 'application-observed' | 'application-gone' }
    >,
    fence?: Fence,
  ): Promise<SetAside[]>;

  /** All applications of an instance: what is neither listed nor `unread` is gone. */
  observeList(
    list: {
      instance: string;
      applications: Application[];
      /** Those that are there, but could not be decoded. */
      unread?: ApplicationRef[];
      seenAt: string;
    },
    fence?: Fence,
  ): Promise<SetAside[]>;

  /**
   * All images of a repository: those that it doesn't have any more were removed.
   * Resolves with a sentence for each image that can't be stored.
   */
  observeRepository(
    read: {
      repository: string;
      images: RegistryImage[];
      seenAt: string;
    },
    fence?: Fence,
  ): Promise<string[]>;

  /** One image, pushed or removed, where the repository can't be read. */
  observeImage(
    observation: Extract<
      Observation,
      { kind: 'image-pushed' | 'image-removed' }
    >,
  ): Promise<string[]>;

  /** Rejects with an `InputError` where it can't be stored. */
  observeRevision(observation: RevisionResolved, fence?: Fence): Promise<void>;

  observeSyncWindows(
    observation: SyncWindowsObserved,
    fence?: Fence,
  ): Promise<void>;

  /** Resources of the Image Updater were stored or removed: the policies that follow from them changed. */
  observeImageUpdaters(
    observation: {
      instance: string;
      /** As they were before, and as they are now. */
      changed: ImageUpdaterResource[];
      seenAt: string;
    },
    fence?: Fence,
  ): Promise<void>;
}

/**
 * What a committed transaction leaves to be done by others.
 *
 * @internal
 */
export interface TrackerListener {
  /** Something waits in the outbox. */
  signalsAdded(): void;
  /** There are new revision requests for the instance. */
  revisionsRequested(instance: string): void;
  /** There may be a repository that was never read. */
  repositoriesAdded(): void;
}

/**
 * An application before and after some observations.
 *
 * @internal
 */
export interface Reduced {
  key: string;
  /** It has no row yet. */
  isNew: boolean;
  before: DeliveryState;
  after: DeliveryState;
  changes: Change[];
  seenAt: string;
}
