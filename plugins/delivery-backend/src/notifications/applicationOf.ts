import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { Notice } from '../store/operations/notificationOutbox';

/**
 * The application that a notice is about.
 *
 * @internal
 */
export function applicationOf(notice: Notice): ApplicationRef {
  return notice.kind === 'approval'
    ? notice.record.application
    : notice.promotion.application;
}
