import {
  type CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  displayVersion,
  formatMessage,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import type { PromotionNotice } from '../store/operations/notificationOutbox';

/**
 * The notification for the owners of the entities. A later notification of the
 * same promotion replaces it, and so does a repeated one.
 *
 * @internal
 */
export function toNotification(
  { kind, promotion }: PromotionNotice,
  where: { entities: CompoundEntityRef[]; environment: string },
): NotificationSendOptions {
  const [first] = where.entities;
  const what = `${nameOf(promotion)} ${displayVersion(promotion.version)}`;
  return {
    recipients: {
      type: 'entity',
      entityRef: where.entities.map(entity => stringifyEntityRef(entity)),
    },
    payload: {
      title:
        kind === 'failed'
          ? `${what} failed in ${where.environment}`
          : `${what} recovered and is live in ${where.environment}`,
      description: [
        `Application ${promotion.application.name}`,
        kind === 'failed' && promotion.reason
          ? formatMessage(promotion.reason)
          : undefined,
      ]
        .filter(Boolean)
        .join(': '),
      ...(first && {
        link: `/catalog/${[first.namespace, first.kind, first.name]
          .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
          .join('/')}/deployments`,
      }),
      severity: kind === 'failed' ? 'high' : 'normal',
      topic: 'Deployments',
      scope: `delivery:${promotion.id}`,
    },
  };
}

/** Without the registry's host, which means nothing to readers. */
function nameOf({ repository }: Promotion): string {
  return repository.slice(repository.indexOf('/') + 1);
}
