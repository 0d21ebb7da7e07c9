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
 * An application with an observation that can't be stored. It stays as it was.
 *
 * @internal
 */
export interface SetAside {
  ref: ApplicationRef;
  /** A sentence that names the application. */
  reason: string;
}

/**
 * Stores observations and what follows from them. Each call loads the applications
 * concerned, reduces, and writes the result with its signals in one transaction.
 * When the promise resolves, it is committed. Items that can't be stored are left
 * out and returned with the reason, so that they don't keep others from being
 * stored. With a fence, a write is refused with a `FencedError` unless the fence
 * still holds.
 *
 * @internal
 */
export interface Tracker {
  /**
   * A whole list is being written, so other work should wait. The listener is
   * notified afterwards if there is something to read.
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
 * Notified of the work for others that a committed transaction left.
 *
 * @internal
 */
export interface TrackerListener {
  /** The signal outbox has new entries. */
  signalsAdded(): void;
  /** There are new revision requests for the instance. */
  revisionsRequested(instance: string): void;
  /** There may be repositories that were never read. */
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
