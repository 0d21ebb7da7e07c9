import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { AuthorizedDeliveryService } from '../service/AuthorizedDeliveryService';
import { EntityRepositories } from '../service/EntityRepositories';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
import { createLinks } from './createLinks';
import type { DeliveryBackendOptions, DeliveryParts } from './types';

/**
 * The service that reads from the store, with permission checks.
 *
 * @internal
 */
export function createService(
  options: DeliveryBackendOptions,
  { settings, database, hosts, metrics, repositoryRequests }: DeliveryParts,
): DeliveryService {
  const { catalog, permissions } = options;
  const {
    accessRules,
    argocdNamespaces,
    cache,
    environments,
    instanceNames,
    retentionMs,
    updaterIntervalMs,
    updaterPlatform,
  } = settings;
  return AuthorizedDeliveryService.create({
    permissions,
    cache,
    service: StoreDeliveryService.create({
      catalog,
      permissions,
      cache,
      database,
      metrics,
      environments,
      instanceNames,
      retentionMs,
      updaterIntervalMs,
      updaterPlatform,
      accessRules,
      argocdNamespaces,
      repositories: EntityRepositories.create({
        hosts,
        accessRules,
        onUnknown: entityRef => repositoryRequests.request(entityRef),
      }),
      onChangedService: entityRef => repositoryRequests.request(entityRef),
      links: createLinks(options),
    }),
  });
}
