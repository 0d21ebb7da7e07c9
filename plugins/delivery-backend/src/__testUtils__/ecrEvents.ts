import { mockServices } from '@backstage/backend-test-utils';
import type {
  EventsService,
  EventsServiceSubscribeOptions,
} from '@backstage/plugin-events-node';
import { ecrHosts } from '@landfall/backstage-plugin-delivery-node';
import { subscribeEcrEvents } from '../events/subscribeEcrEvents';

/**
 * Subscribes to ECR events and returns the handler of the subscription.
 *
 * @internal
 */
export async function subscribed(
  handleEvent = jest.fn().mockResolvedValue(undefined),
) {
  const logger = mockServices.logger.mock();
  const subscriptions: EventsServiceSubscribeOptions[] = [];
  const events: EventsService = {
    publish: async () => {},
    subscribe: async options => {
      subscriptions.push(options);
    },
  };
  await subscribeEcrEvents({
    events,
    hostsOf: ecrHosts,
    poller: { handleEvent },
    logger,
  });
  const [{ onEvent, topics }] = subscriptions;
  return { onEvent, topics, handleEvent, logger };
}
