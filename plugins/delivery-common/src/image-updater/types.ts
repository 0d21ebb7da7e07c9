import type { Application } from '../model/application';
import type { ImageUpdaterSpec } from './settings/types';

/** The API group of the Argo CD Image Updater's resources. @public */
export const IMAGE_UPDATER_GROUP = 'argocd-image-updater.argoproj.io';

/** @public */
export const IMAGE_UPDATER_KIND = 'ImageUpdater';

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
