import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { readRegistryConfig } from './config';
import { EcrClients, EcrHosts, EcrRegistrySource, readEcrSearch } from './ecr';
import { OciRegistrySource } from './oci';
import { RegistrySources } from './RegistrySources';
import { readRequestTimeout } from './timeouts';
import type { RegistrySource } from './types';

/**
 * Clients of Amazon ECR for the configured accounts.
 *
 * @public
 */
export const ecrClientsServiceRef = createServiceRef<EcrClients>({
  id: 'landfall.delivery.ecr-clients',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
      },
      factory({ config, lifecycle }) {
        const clients = EcrClients.fromConfig(config);
        lifecycle.addShutdownHook(() => clients.close());
        return clients;
      },
    }),
});

/**
 * The registries that can list their images. Replace this service to read from
 * another kind of registry, or in tests.
 *
 * @public
 */
export const registrySourceServiceRef = createServiceRef<RegistrySource>({
  id: 'landfall.delivery.registry-source',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        clients: ecrClientsServiceRef,
      },
      factory({ config, logger, clients }) {
        const { ecr, oci } = readRegistryConfig(config);
        const requestMs = readRequestTimeout(config);
        const hosts = EcrHosts.create(ecr);
        return RegistrySources.create([
          // First, because a host that is configured with this type can have an
          // Amazon name: it is a mirror, or reached by other credentials.
          ...oci.map(registry =>
            OciRegistrySource.create({
              registry,
              times: { requestMs },
              logger,
            }),
          ),
          EcrRegistrySource.create({
            clients,
            hosts,
            logger,
            searched: readEcrSearch(config),
          }),
        ]);
      },
    }),
});
