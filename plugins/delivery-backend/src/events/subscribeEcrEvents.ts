import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  type EcrRegistry,
  parseEcrEvent,
} from '@landfall/backstage-plugin-delivery-node';
import type { RegistryPoller } from '../sources/RegistryPoller';
import { ECR_SQS_TOPIC, ECR_TOPIC } from './topic';

/**
 * Passes ECR's events to the registry poller, whether they arrive by HTTP or SQS.
 *
 * @internal
 */
export async function subscribeEcrEvents(options: {
  events: EventsService;
  /** The hosts by which image references may refer to a registry. */
  hostsOf: (registry: EcrRegistry) => string[];
  poller: Pick<RegistryPoller, 'handleEvent'>;
  logger: LoggerService;
}): Promise<void> {
  const { events, hostsOf, poller, logger } = options;
  await events.subscribe({
    id: 'delivery-ecr',
    topics: [ECR_TOPIC, ECR_SQS_TOPIC],
    async onEvent({ eventPayload, topic }) {
      const parsed = parseEcrEvent(eventPayload, hostsOf);
      if ('event' in parsed) {
        const { event, aliases } = parsed;
        // Only the poller knows which of the hosts applications use.
        for (const repository of [event.repository, ...aliases]) {
          // Don't await the read: the sender waits for this function, and
          // EventBridge waits only 5 seconds.
          poller.handleEvent({ ...event, repository }).catch(error => {
            logger.warn(
              `Couldn't process an event of ${repository}. Its next read picks up the change: ${error}`,
            );
          });
        }
      } else if ('refused' in parsed) {
        logger.warn(`An event of topic '${topic}' is ${parsed.refused}`);
      } else {
        logger.debug(`Ignoring an event of ECR: ${parsed.ignored}`);
      }
    },
  });
}
