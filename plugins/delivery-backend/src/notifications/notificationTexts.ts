import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { NoticeKind } from '../store/operations/notificationOutbox';

/**
 * How each kind of notification is worded. The topic is what people switch on and
 * off in Backstage's settings, so it must stay the same between releases.
 */
interface NotificationText {
  topic: string;
  severity: NonNullable<NotificationSendOptions['payload']['severity']>;
  /** @param what - an image and its version, or how many deployments */
  one(what: string, environment: string): string;
  many(count: number): string;
  /** The query of the fleet page that shows most of them first. */
  fleet: Record<string, string>;
}

/** @internal */
export const NOTIFICATION_TEXTS: Record<NoticeKind, NotificationText> = {
  failed: {
    topic: 'Failed deployments',
    severity: 'high',
    one: (what, environment) => `${what} failed in ${environment}`,
    many: count => `${count} deployments failed`,
    fleet: { sort: 'urgency' },
  },
  recovered: {
    topic: 'Recovered deployments',
    severity: 'normal',
    one: (what, environment) =>
      `${what} recovered and is live in ${environment}`,
    many: count => `${count} deployments recovered and are live`,
    fleet: { sort: 'deployed' },
  },
  'rolled-back': {
    topic: 'Rolled back deployments',
    severity: 'normal',
    one: (what, environment) => `${what} was rolled back in ${environment}`,
    many: count => `${count} deployments were rolled back`,
    fleet: { sort: 'deployed' },
  },
  stuck: {
    topic: 'Stuck deployments',
    severity: 'normal',
    one: (what, environment) => `${what} is stuck on its way to ${environment}`,
    many: count => `${count} deployments are stuck`,
    fleet: { state: 'stuck', sort: 'urgency' },
  },
  approval: {
    topic: 'Approvals',
    severity: 'high',
    one: (what, environment) => `${what} in ${environment} waits for approval`,
    many: count => `${count} actions wait for approval`,
    fleet: { sort: 'urgency' },
  },
};
