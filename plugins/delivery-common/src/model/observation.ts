import type { ImageUpdaterResource } from '../image-updater';
import type { ImageBuild } from './image';
import type {
  Application,
  ApplicationRef,
  PodFailure,
  SyncWindows,
} from './application';
import type { MergeRequest } from './promotion';

/**
 * Something that Landfall observed in an external system. `seenAt` is when it
 * was observed (ISO 8601, UTC). It substitutes for a time that the source
 * doesn't give.
 *
 * @public
 */
export type Observation =
  | ApplicationObserved
  | ApplicationGone
  | ImagePushed
  | ImageRemoved
  | RevisionResolved
  | CommitsResolved
  | ProposalsObserved
  | CommitRequestObserved
  | SyncWindowsObserved
  | ImageUpdatersObserved
  | DesiredImagesObserved
  | PodFailuresObserved;

/**
 * The whole relevant state of one application.
 *
 * @public
 */
export interface ApplicationObserved {
  kind: 'application-observed';
  application: Application;
  seenAt: string;
}

/**
 * An application that Argo CD no longer has.
 *
 * @public
 */
export interface ApplicationGone {
  kind: 'application-gone';
  ref: ApplicationRef;
  seenAt: string;
}

/**
 * An image in a registry, from an event or from a read.
 *
 * @public
 */
export interface ImagePushed {
  kind: 'image-pushed';
  /** With registry host, without tag. */
  repository: string;
  digest: string;
  tags: string[];
  /** The registry's own time; absent if it gives none. */
  pushedAt?: string;
  /** Absent where they weren't read. */
  builds?: readonly ImageBuild[];
  seenAt: string;
}

/**
 * An image, or one tag of it, was removed from a registry.
 *
 * @public
 */
export interface ImageRemoved {
  kind: 'image-removed';
  repository: string;
  digest: string;
  /** Absent: the image with all of its tags. */
  tag?: string;
  seenAt: string;
}

/**
 * Argo CD's metadata about a revision.
 *
 * @public
 */
export interface RevisionResolved {
  kind: 'revision-resolved';
  repoUrl: string;
  revision: string;
  author: string;
  /** Author date, ISO 8601. */
  date: string;
  message: string;
  seenAt: string;
}

/**
 * A commit of a configuration repository, as its Git host describes it.
 *
 * @public
 */
export interface HistoryCommit {
  revision: string;
  /** `Name <address>`, as in Argo CD's revision metadata. */
  author: string;
  /** Author date, ISO 8601. */
  date: string;
  message: string;
}

/**
 * The commits between two revisions that an application was compared with, and
 * that touch its files. Argo CD only knows the later one.
 *
 * @public
 */
export interface CommitsResolved {
  kind: 'commits-resolved';
  ref: ApplicationRef;
  repoUrl: string;
  /** Excluded; an ancestor of `to`. */
  from: string;
  /** Included, if it touches the files. */
  to: string;
  /** All of them, oldest first. */
  commits: readonly HistoryCommit[];
  seenAt: string;
}

/**
 * A commit on a branch of a configuration repository that somebody must merge,
 * as its Git host describes it.
 *
 * @public
 */
export interface Proposal {
  branch: string;
  /** The branch that it is to be merged into. */
  base: string;
  commit: HistoryCommit;
  /** Absent if no merge request was opened. */
  request?: MergeRequest;
}

/**
 * Commits on the branches that the Image Updater writes an application's
 * versions to, and that somebody must merge.
 *
 * @public
 */
export interface ProposalsObserved {
  kind: 'proposals-observed';
  ref: ApplicationRef;
  repoUrl: string;
  proposals: readonly Proposal[];
  seenAt: string;
}

/**
 * The merge request by which a commit came into the configuration repository.
 *
 * @public
 */
export interface CommitRequestObserved {
  kind: 'commit-request-observed';
  ref: ApplicationRef;
  repoUrl: string;
  revision: string;
  request: MergeRequest;
  seenAt: string;
}

/**
 * The sync windows of an application, read while a committed version is
 * pending. An automated sync that a window blocks leaves no trace in the
 * Application.
 *
 * @public
 */
export interface SyncWindowsObserved {
  kind: 'sync-windows-observed';
  ref: ApplicationRef;
  windows: SyncWindows;
  seenAt: string;
}

/**
 * The images in the manifests of an application at its current revisions, which
 * Git wants and nobody has synced. The Application itself only shows that it is
 * out of sync.
 *
 * @public
 */
export interface DesiredImagesObserved {
  kind: 'desired-images-observed';
  ref: ApplicationRef;
  /** As in `sync.revisions`; one per source. */
  revisions: string[];
  images: string[];
  /** As in `DesiredImages`. */
  manifests: string;
  seenAt: string;
}

/**
 * The failing pods of an application that isn't well. The Application itself
 * only shows how its own resources are, such as a Deployment, and not why the
 * pods below them fail.
 *
 * @public
 */
export interface PodFailuresObserved {
  kind: 'pod-failures-observed';
  ref: ApplicationRef;
  /** Empty: none fails. */
  failures: readonly PodFailure[];
  seenAt: string;
}

/**
 * All resources of the Image Updater that may select an application. Together
 * with its annotations, they form the policy by which the updater selects new
 * versions.
 *
 * @public
 */
export interface ImageUpdatersObserved {
  kind: 'image-updaters-observed';
  imageUpdaters: readonly ImageUpdaterResource[];
  seenAt: string;
}
