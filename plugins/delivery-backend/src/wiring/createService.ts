import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { AuthorizedApplicationService } from '../service/application/AuthorizedApplicationService';
import { LiveApplications } from '../service/application/LiveApplications';
import { StoreApplicationService } from '../service/application/StoreApplicationService';
import type { ApplicationService } from '../service/application/types';
import { AuthorizedDeliveryService } from '../service/AuthorizedDeliveryService';
import { EntityRepositories } from '../service/EntityRepositories';
import { InstancesPermission } from '../service/InstancesPermission';
import {
  StoreDeliveryService,
  type StoreDeliveryServiceOptions,
} from '../service/StoreDeliveryService';
import type { ActionService } from '../service/actions/types';
import type { VersionChangeService } from '../service/versionChanges/types';
import { createActionServices } from './createActionService';
import { createLinks } from './createLinks';
import type { DeliveryBackendOptions, DeliveryParts } from './types';

/**
 * The services that read from the store, and of single applications also from
 * Argo CD, with permission checks.
 *
 * @internal
 */
export function createServices(
  options: DeliveryBackendOptions,
  parts: DeliveryParts,
): {
  service: DeliveryService;
  applications: ApplicationService;
  actions: ActionService;
  versionChanges: VersionChangeService;
} {
  const { settings, database, hosts, metrics, repositoryRequests } = parts;
  const { argocd, catalog, permissions } = options;
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
  const shared: StoreDeliveryServiceOptions = {
    catalog,
    cache,
    permissions,
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
  };
  return {
    service: AuthorizedDeliveryService.create({
      permissions,
      cache,
      metrics,
      service: StoreDeliveryService.create(shared),
    }),
    applications: AuthorizedApplicationService.create({
      permission: InstancesPermission.create({
        permissions,
        cache,
        metrics,
      }),
      service: StoreApplicationService.create({
        ...shared,
        live: LiveApplications.create({ argocd }),
      }),
    }),
    ...createActionServices(options, parts),
  };
}
