import type { PolicyProblem } from './problem';
import type { ImagePolicy } from './settings/images';
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

/**
 * What is known of the Image Updater's part for one image of an application.
 *
 * @public
 */
export interface UpdaterEvidence {
  /** The policy for the image; absent: nothing names it. */
  policy?: ImagePolicy;
  /** The resource by which the policy holds; absent: none was seen that selects the application. */
  updater?: ImageUpdaterResource;
  /** What is wrong with the settings of the application. */
  problems: PolicyProblem[];
}
