import type { Application } from '../model/application';
import type { ImageUpdaterSpec } from './settings/types';

/** The API group of the Argo CD Image Updater's resources. @public */
export const IMAGE_UPDATER_GROUP = 'argocd-image-updater.argoproj.io';

/** @public */
export const IMAGE_UPDATER_KIND = 'ImageUpdater';

/**
 * An update that the Image Updater reports. With write-back to Git it reports the
 * same update in each cycle until the application runs the version.
 *
 * @public
 */
export interface ReportedUpdate {
  /**
   * Name of the application; absent if it only reports in how many applications it
   * updated the image.
   */
  application?: string;
  /** With registry host, without tag. */
  repository: string;
  /** The new tag, or digest. */
  version: string;
  /** ISO 8601, UTC. */
  at: string;
}

/**
 * The parts of an `ImageUpdater` resource that decide what the Image Updater
 * does and report how it went.
 *
 * @public
 */
export interface ImageUpdaterResource {
  /** It handles only applications of its own namespace. */
  namespace: string;
  name: string;
  spec: ImageUpdaterSpec;
  /** `status.lastCheckedAt`: when it last went through its applications; ISO 8601, UTC. */
  lastCheckedAt?: string;
  /**
   * Text of its condition `Error` while that is true; details are only in the
   * updater's log.
   */
  error?: string;
  /**
   * The latest updates, from its status; where Kubernetes is read, also from the
   * events of applications.
   */
  updates?: ReportedUpdate[];
}

/**
 * The parts of an application that decide how the Image Updater treats it.
 * Without `images`, it isn't judged whether the application runs an image.
 *
 * @public
 */
export type UpdatedApplication = Pick<
  Application,
  'ref' | 'labels' | 'annotations' | 'sources'
> &
  Partial<Pick<Application, 'sourceTypes' | 'drySource' | 'images'>>;
