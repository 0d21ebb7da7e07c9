import {
  createServiceFactory,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';

/** Keeps notifications instead of sending them. @internal */
export function keptNotifications(): {
  sent: NotificationSendOptions[];
  factory: ServiceFactory;
} {
  const sent: NotificationSendOptions[] = [];
  return {
    sent,
    factory: createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({
        send: async options => {
          sent.push(options);
        },
      }),
    }),
  };
}
