import { ScmIntegrations } from '@backstage/integration';
import {
  ConfigRepositoryEditor,
  RegistrySources,
} from '@landfall/backstage-plugin-delivery-node';
import { ActionLog } from '../service/actions/ActionLog';
import { Approvals } from '../service/actions/Approvals';
import { ArgoCdCarrier } from '../service/actions/ArgoCdCarrier';
import { AuthorizedActionService } from '../service/actions/AuthorizedActionService';
import { Callers } from '../service/actions/Callers';
import { ManagedResources } from '../service/actions/ManagedResources';
import { StoreActionService } from '../service/actions/StoreActionService';
import type { ActionService } from '../service/actions/types';
import { AuthorizedVersionChangeService } from '../service/versionChanges/AuthorizedVersionChangeService';
import { GitCarrier } from '../service/versionChanges/GitCarrier';
import { SourceCommits } from '../service/versionChanges/SourceCommits';
import { StoreVersionChangeService } from '../service/versionChanges/StoreVersionChangeService';
import type { VersionChangeService } from '../service/versionChanges/types';
import { SeenEntities } from '../service/SeenEntities';
import type { DeliveryBackendOptions, DeliveryParts } from './types';

/**
 * The services by which people act on applications and change their versions, with
 * permission checks.
 *
 * @internal
 */
export function createActionServices(
  options: DeliveryBackendOptions,
  { settings, database, metrics, publisher }: DeliveryParts,
): { actions: ActionService; versionChanges: VersionChangeService } {
  const { argocd, auth, catalog, config, logger, permissions, userInfo } =
    options;
  const { accessRules, actions, argocdNamespaces, environments } = settings;
  // Whoever loses sight of an entity must not act on it for a few seconds more.
  const entities = SeenEntities.create({ catalog, metrics });
  const log = new ActionLog({
    database,
    signalsAdded: () => publisher.trigger(),
  });
  const editor = ConfigRepositoryEditor.fromConfig({ config, logger });
  const { updaterPlatform } = settings;
  const gitCarrier = new GitCarrier({ database, editor, log, updaterPlatform });
  const shared = {
    database,
    entities,
    environments,
    accessRules,
    argocdNamespaces,
    instanceNames: settings.instanceNames,
    callers: new Callers(auth),
    approvals: new Approvals(actions.approvals, userInfo),
    log,
  };
  const authorization = { enabled: actions.enabled, permissions, entities };
  return {
    actions: AuthorizedActionService.create({
      ...authorization,
      service: StoreActionService.create({
        ...shared,
        managed: new ManagedResources({ argocd }),
        carriers: [new ArgoCdCarrier({ argocd, log }), gitCarrier],
      }),
    }),
    versionChanges: AuthorizedVersionChangeService.create({
      ...authorization,
      service: StoreVersionChangeService.create({
        ...shared,
        editor,
        carrier: gitCarrier,
        commits: SourceCommits.create({
          database,
          registry: RegistrySources.create(options.registries),
          histories: options.histories,
          integrations: ScmIntegrations.fromConfig(config),
          logger,
        }),
        updaterPlatform,
      }),
    }),
  };
}
