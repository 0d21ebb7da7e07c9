import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  type EcrRegistry,
  parseEcrEvent,
} from '@landfall/backstage-plugin-delivery-node';
import type { RegistryPoller } from '../sources/RegistryPoller';
import { ECR_SQS_TOPIC, ECR_TOPIC } from './topic';

/**
 * Hands ECR's events to the registry poller, however they arrived.
 *
 * @internal
 */
export async function subscribeEcrEvents(options: {
  events: EventsService;
  /** The hosts that a registry may have in image references. */
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
        // Which of the hosts applications use is known to the poller alone.
        for (const repository of [event.repository, ...aliases]) {
          // Who sent the event waits for this, and EventBridge for 5 seconds only.
          poller.handleEvent({ ...event, repository }).catch(error => {
            logger.warn(
              `Couldn't process an event of ${repository}. Its next read brings the change: ${error}`,
            );
          });
        }
      } else if ('refused' in parsed) {
        logger.warn(`An event of topic '${topic}' is ${parsed.refused}`);
      } else {
        logger.debug(`An event of ECR is left alone: ${parsed.ignored}`);
      }
    },
  });
}
