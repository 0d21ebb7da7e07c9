import { ScmIntegrations } from '@backstage/integration';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { AuthorizedApplicationService } from '../service/application/AuthorizedApplicationService';
import { LiveApplications } from '../service/application/LiveApplications';
import { StoreApplicationService } from '../service/application/StoreApplicationService';
import type { ApplicationService } from '../service/application/types';
import { AuthorizedDeliveryService } from '../service/AuthorizedDeliveryService';
import { EntityRepositories } from '../service/EntityRepositories';
import { InstancesPermission } from '../service/InstancesPermission';
import { Links } from '../service/links';
import {
  StoreDeliveryService,
  type StoreDeliveryServiceOptions,
} from '../service/StoreDeliveryService';
import type { DeliveryBackendOptions, DeliveryParts } from './types';

/**
 * The services that read from the store, and of single applications also from
 * Argo CD, with permission checks.
 *
 * @internal
 */
export function createServices(
  options: DeliveryBackendOptions,
  { settings, database, hosts, metrics, repositoryRequests }: DeliveryParts,
): { service: DeliveryService; applications: ApplicationService } {
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
  const shared: StoreDeliveryServiceOptions = {
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
  };
  return {
    service: AuthorizedDeliveryService.create({
      permissions,
      cache,
      service: StoreDeliveryService.create(shared),
    }),
    applications: AuthorizedApplicationService.create({
      permission: InstancesPermission.create({ permissions, cache }),
      service: StoreApplicationService.create({
        ...shared,
        live: LiveApplications.create({ argocd }),
      }),
    }),
  };
}
