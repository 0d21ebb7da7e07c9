import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultArgoCdInstances } from './DefaultArgoCdInstances';
import type { ArgoCdInstances } from './types';

/**
 * The configured Argo CD instances. Replace this service to reach Argo CD in
 * another way, or in tests.
 *
 * @public
 */
export const argoCdInstancesServiceRef = createServiceRef<ArgoCdInstances>({
  id: 'landfall.delivery.argocd-instances',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        lifecycle: coreServices.lifecycle,
      },
      factory({ config, logger, lifecycle }) {
        const instances = DefaultArgoCdInstances.fromConfig(config, { logger });
        lifecycle.addShutdownHook(() => instances.close(), { logger });
        return instances;
      },
    }),
});
