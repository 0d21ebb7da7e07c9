import type {
  Application,
  ApplicationRef,
  Change,
  CommitRequestObserved,
  CommitsResolved,
  DeliveryState,
  DesiredImagesObserved,
  ImageUpdaterResource,
  Observation,
  PodFailuresObserved,
  ProposalsObserved,
  RevisionResolved,
  SyncWindowsObserved,
} from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';
import type { Fence } from '../store/fence';

/**
 * An application that stays as it was, because its observation can't be stored.
 *
 * @internal
 */
export interface SetAside {
  ref: ApplicationRef;
  /** A sentence that contains the application's name. */
  reason: string;
}

/**
 * Stores observations and what follows from them. Each unit of work loads the
 * affected applications, reduces the observations, and writes the result with its
 * signals in one transaction. When the promise resolves, everything is committed.
 * Items that can't be stored are left out and returned with the reason, so that
 * they don't block the others. With a fence, a write is refused with a
 * `FencedError` unless the fence still holds.
 *
 * @internal
 */
export interface Tracker {
  /**
   * True while a whole list is being written. Other work should wait: the
   * listener is notified afterwards if there is something to read.
   */
  readonly isListing: boolean;

  /**
   * Applications that changed or are gone, in the order in which that was
   * observed. An application may be among them several times.
   */
  observeApplications(
    observations: readonly Extract<
      Observation,
      { kind: 'application-observed' | 'application-gone' }
    >[],
    fence?: Fence,
  ): Promise<SetAside[]>;

  /**
   * All applications of an instance. Those neither listed nor in `unread` are
   * gone.
   */
  observeList(
    list: {
      instance: string;
      applications: Application[];
      /** Applications that count as present, but couldn't be decoded or are held. */
      unread?: ApplicationRef[];
      seenAt: string;
    },
    fence?: Fence,
  ): Promise<SetAside[]>;

  /**
   * All images of a repository. Known images that are no longer listed count as
   * removed. Resolves with a sentence for each image that can't be stored.
   */
  observeRepository(
    read: {
      repository: string;
      images: RegistryImage[];
      seenAt: string;
    },
    fence?: Fence,
  ): Promise<string[]>;

  /**
   * Pushed and removed images, oldest first, for when the repository can't be
   * read.
   */
  observeImages(
    repository: string,
    observations: readonly Extract<
      Observation,
      { kind: 'image-pushed' | 'image-removed' }
    >[],
  ): Promise<string[]>;

  /** Rejects with an `InputError` if the revision can't be stored. */
  observeRevision(observation: RevisionResolved, fence?: Fence): Promise<void>;

  /** Rejects with an `InputError` if the commits can't be stored. */
  observeCommits(observation: CommitsResolved, fence?: Fence): Promise<void>;

  /** What a Git host knows about the merge requests of an application. */
  observeMergeRequests(
    observation: CommitRequestObserved | ProposalsObserved,
    fence?: Fence,
  ): Promise<void>;

  observeSyncWindows(
    observation: SyncWindowsObserved,
    fence?: Fence,
  ): Promise<void>;

  observeDesiredImages(
    observation: DesiredImagesObserved,
    fence?: Fence,
  ): Promise<void>;

  observePodFailures(
    observation: PodFailuresObserved,
    fence?: Fence,
  ): Promise<void>;

  /**
   * ImageUpdater resources were stored or removed, so the policies derived from
   * them may change.
   */
  observeImageUpdaters(
    observation: {
      instance: string;
      /** Both the former and the current versions of the resources. */
      changed: ImageUpdaterResource[];
      seenAt: string;
    },
    fence?: Fence,
  ): Promise<void>;
}

/**
 * Notified when a committed transaction leaves work for others.
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
  /** True if the application has no row yet. */
  isNew: boolean;
  before: DeliveryState;
  after: DeliveryState;
  changes: Change[];
  seenAt: string;
}
