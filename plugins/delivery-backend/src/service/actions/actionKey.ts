import {
  actionFactsOf,
  type Application,
  canonicalRequest,
  toActionKey,
} from '@landfall/backstage-plugin-delivery-common';
import { createHash } from 'node:crypto';

/**
 * `Deployment.actionKey`: changes with whatever an action on the application
 * depends on. Pages send it back, so that nobody acts on what has changed.
 *
 * @internal
 */
export function actionKeyOf(application: Application): string {
  return toActionKey(actionFactsOf(application), hash);
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
