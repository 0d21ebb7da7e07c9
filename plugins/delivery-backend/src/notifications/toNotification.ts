import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  displayVersion,
  formatMessage,
  formatStuckReason,
  repositoryPath,
} from '@landfall/backstage-plugin-delivery-common';
import type { Notice } from '../store/operations/notificationOutbox';
import { applicationOf } from './applicationOf';
import { NOTIFICATION_TEXTS } from './notificationTexts';
import type { AddressedNotice, Delivery } from './planDeliveries';

/** Names in a digest; the link leads to all of them. */
const MAX_NAMED = 5;

/**
 * The notification for a delivery. A later one about the same promotion, or of the
 * same digest, replaces it, and so does a repeated one.
 *
 * @internal
 */
export function toNotification(delivery: Delivery): NotificationSendOptions {
  return {
    recipients: { type: 'entity', entityRef: delivery.to },
    payload:
      'one' in delivery
        ? toPayload(delivery.one)
        : toDigest(delivery.to[0], delivery.many),
  };
}

type Payload = NotificationSendOptions['payload'];

function toPayload({
  notice,
  environment,
  recipients,
}: AddressedNotice): Payload {
  const { topic, severity, one } = NOTIFICATION_TEXTS[notice.kind];
  const [first] = recipients;
  const entityRef =
    notice.kind === 'approval' ? notice.entityRef : first?.entityRef;
  return {
    title: one(nameOf(notice), environment),
    description: [
      `Application ${applicationOf(notice).name}`,
      explanationOf(notice),
    ]
      .filter(Boolean)
      .join(': '),
    ...(entityRef && { link: deploymentsLink(entityRef) }),
    severity,
    topic,
    scope:
      notice.kind === 'approval'
        ? `delivery:action:${notice.record.id}`
        : `delivery:${notice.promotion.id}`,
  };
}

function toDigest(owner: string, many: readonly AddressedNotice[]): Payload {
  const [first] = many;
  const {
    topic,
    severity,
    fleet,
    many: title,
  } = NOTIFICATION_TEXTS[first.notice.kind];
  const names = [...new Set(many.map(({ notice }) => nameOf(notice)))];
  const places = counted(many.map(({ environment }) => environment)).map(
    ([environment, count]) => `${count} in ${environment}`,
  );
  const more = names.length - MAX_NAMED;
  // Approvers need not own the services that they approve actions on.
  const filter = first.notice.kind === 'approval' ? fleet : { owner, ...fleet };
  return {
    title: title(many.length),
    description: [
      places.join(', '),
      [
        ...names.slice(0, MAX_NAMED),
        ...(more > 0 ? [`${more} more`] : []),
      ].join(', '),
    ].join(': '),
    link: `/delivery?${new URLSearchParams(filter)}`,
    severity,
    topic,
    scope: `delivery:digest:${first.id}`,
  };
}

function explanationOf(notice: Notice): string | undefined {
  switch (notice.kind) {
    case 'stuck':
      return formatStuckReason(notice.reason);
    case 'approval':
      return [`asked for by ${notice.record.user}`, notice.record.reason]
        .filter(Boolean)
        .join(', ');
    case 'failed':
    case 'rolled-back':
      return notice.promotion.reason && formatMessage(notice.promotion.reason);
    default:
      return undefined;
  }
}

/** What it is about; without the registry's host, which means nothing to readers. */
function nameOf(notice: Notice): string {
  if (notice.kind === 'approval') {
    const { action, application } = notice.record;
    return `${action} of ${application.name}`;
  }
  const { repository, version } = notice.promotion;
  return `${repositoryPath(repository)} ${displayVersion(version)}`;
}

function deploymentsLink(entityRef: string): string {
  const { namespace, kind, name } = parseEntityRef(entityRef);
  return `/catalog/${[namespace, kind, name]
    .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
    .join('/')}/deployments`;
}

/** How often each value occurs, the most frequent first. */
function counted(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  values.forEach(value => counts.set(value, (counts.get(value) ?? 0) + 1));
  return [...counts].sort(([, a], [, b]) => b - a);
}
