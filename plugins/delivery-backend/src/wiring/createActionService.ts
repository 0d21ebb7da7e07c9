import { ActionLog } from '../service/actions/ActionLog';
import { Approvals } from '../service/actions/Approvals';
import { ArgoCdCarrier } from '../service/actions/ArgoCdCarrier';
import { AuthorizedActionService } from '../service/actions/AuthorizedActionService';
import { Callers } from '../service/actions/Callers';
import { ManagedResources } from '../service/actions/ManagedResources';
import { StoreActionService } from '../service/actions/StoreActionService';
import type { ActionService } from '../service/actions/types';
import { SeenEntities } from '../service/SeenEntities';
import type { DeliveryBackendOptions, DeliveryParts } from './types';

/**
 * The service by which people act on applications, with permission checks.
 *
 * @internal
 */
export function createActionService(
  { argocd, auth, catalog, permissions, userInfo }: DeliveryBackendOptions,
  { settings, database, metrics, publisher }: DeliveryParts,
): ActionService {
  const { accessRules, actions, argocdNamespaces, environments } = settings;
  // Whoever loses sight of an entity must not act on it for a few seconds more.
  const entities = SeenEntities.create({ catalog, metrics });
  const log = new ActionLog({
    database,
    signalsAdded: () => publisher.trigger(),
  });
  return AuthorizedActionService.create({
    enabled: actions.enabled,
    permissions,
    entities,
    service: StoreActionService.create({
      database,
      entities,
      environments,
      accessRules,
      argocdNamespaces,
      instanceNames: settings.instanceNames,
      callers: new Callers(auth),
      approvals: new Approvals(actions.approvals, userInfo),
      managed: new ManagedResources({ argocd }),
      log,
      carriers: [new ArgoCdCarrier({ argocd, log })],
    }),
  });
}
