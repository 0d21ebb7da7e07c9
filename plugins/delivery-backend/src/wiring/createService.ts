import { ScmIntegrations } from '@backstage/integration';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { AuthorizedDeliveryService } from '../service/AuthorizedDeliveryService';
import { EntityRepositories } from '../service/EntityRepositories';
import { Links } from '../service/links';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
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
  const { config, catalog, permissions, argocd } = options;
  const {
    accessRules,
    argocdNamespaces,
    cache,
    environments,
    instanceNames,
    updaterIntervalMs,
    updaterPlatform,
  } = settings;
  return AuthorizedDeliveryService.create({
    permissions,
    cache,
    metrics,
    service: StoreDeliveryService.create({
      catalog,
      cache,
      database,
      metrics,
      environments,
      instanceNames,
      updaterIntervalMs,
      updaterPlatform,
      accessRules,
      argocdNamespaces,
      repositories: EntityRepositories.create({
        hosts,
        accessRules,
        onUnknown: entityRef => repositoryRequests.request(entityRef),
      }),
      links: Links.create({
        frontendUrls: new Map(
          argocd
            .list()
            .map(({ instance, frontendUrl }) => [instance, frontendUrl]),
        ),
        integrations: ScmIntegrations.fromConfig(config),
      }),
    }),
  });
}
