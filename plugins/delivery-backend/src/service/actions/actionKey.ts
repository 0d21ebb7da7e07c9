import {
  actionFactsOf,
  type Application,
  canonicalRequest,
  type DesiredImages,
  toActionKey,
  versionChangeFactsOf,
} from '@landfall/backstage-plugin-delivery-common';
import { createHash } from 'node:crypto';

/**
 * `Deployment.actionKey`: changes with whatever an action on the application
 * depends on. Pages send it back, so that nobody acts on what has changed.
 *
 * @internal
 */
export function actionKeyOf({
  application,
  desired,
}: {
  application: Application;
  desired?: DesiredImages;
}): string {
  return toActionKey(actionFactsOf(application, desired), hash);
}

/**
 * Changes with whatever a change of a version in Git depends on. While such a change
 * waits for approval, the repository gets other commits.
 *
 * @internal
 */
export function versionChangeKeyOf(application: Application): string {
  return toActionKey(versionChangeFactsOf(application), hash);
}

/**
 * Stands for a whole request, to recognize its repetition.
 *
 * @internal
 */
export function requestHashOf(request: unknown): string {
  return hash(canonicalRequest(request));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
