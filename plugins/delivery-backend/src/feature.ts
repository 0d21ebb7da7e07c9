import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { eventsModuleDeliveryEcr } from './events/eventsModuleDeliveryEcr';
import { ECR_EVENTS_TOKEN_KEY } from './config/readDeliveryConfig';
import { deliveryPlugin } from './plugin';

/**
 * The delivery plugin and, if a shared secret for it is configured, the HTTP
 * ingress for ECR's events. The ingress is a module of the events plugin, so that
 * plugin must be installed, too.
 *
 * @public
 */
export const deliveryFeature = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    yield deliveryPlugin;
    if (config.has(ECR_EVENTS_TOKEN_KEY)) {
      yield eventsModuleDeliveryEcr;
    }
  },
});
