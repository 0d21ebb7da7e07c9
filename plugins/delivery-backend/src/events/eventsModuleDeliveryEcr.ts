import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { readEcrEventsToken } from '../config/readDeliveryConfig';
import { createEcrIngressValidator } from './ecrIngressValidator';
import { ECR_TOPIC } from './topic';

/**
 * Accepts EventBridge events of ECR at `POST /api/events/http/aws.ecr`, with the
 * shared secret `delivery.events.ecr.token`.
 *
 * @internal
 */
export const eventsModuleDeliveryEcr = createBackendModule({
  pluginId: 'events',
  moduleId: 'delivery-ecr',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        events: eventsExtensionPoint,
      },
      async init({ config, events }) {
        events.addHttpPostIngress({
          topic: ECR_TOPIC,
          validator: createEcrIngressValidator(readEcrEventsToken(config)),
        });
      },
    });
  },
});
