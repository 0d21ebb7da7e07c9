import type { ImageUpdaterSpec } from './settings/types';

/** The API group of the Argo CD Image Updater's resources. @public */
export const IMAGE_UPDATER_GROUP = 'argocd-image-updater.argoproj.io';

/** @public */
export const IMAGE_UPDATER_KIND = 'ImageUpdater';

/**
 * An `ImageUpdater` resource, as far as it decides what the Image Updater does
 * and tells how it went.
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
  /** What its condition `Error` says while that is true; details are only in the updater's log. */
  error?: string;
}
