import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  argoCdInstancesServiceRef,
  deliveryActionsServiceRef,
  deliveryServiceRef,
  ecrClientsServiceRef,
  GitClient,
  ScmRequests,
} from '@landfall/backstage-plugin-delivery-node';
import { EntityOwnership } from './access';
import {
  createArgoCdApplicationApplyAction,
  createArgoCdApplicationDeleteAction,
  createArgoCdApplicationSetApplyAction,
  createArgoCdApplicationWaitAction,
  createArgoCdProjectApplyAction,
  createCatalogRegisterAction,
  createEcrRepositoryDeleteAction,
  createEcrRepositoryEnsureAction,
  createGitCommitAction,
  createGitPullRequestAction,
  createGitRepositoryInspectAction,
  createHelmValidateAction,
  createImageUpdaterConfigureAction,
  createPromoteAction,
  createServiceCheckAction,
  createVersionReadAction,
} from './actions';
import { readServiceRules, ServiceCheck } from './service';

/**
 * Adds Landfall's actions to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleDelivery = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'delivery',
  register(env) {
    env.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        auth: coreServices.auth,
        userInfo: coreServices.userInfo,
        reader: coreServices.urlReader,
        catalog: catalogServiceRef,
        instances: argoCdInstancesServiceRef,
        clients: ecrClientsServiceRef,
        service: deliveryServiceRef,
        actions: deliveryActionsServiceRef,
      },
      async init({
        scaffolder,
        config,
        logger,
        auth,
        userInfo,
        reader,
        catalog,
        instances,
        clients,
        service,
        actions,
      }) {
        const ownership = EntityOwnership.create({ auth, catalog, userInfo });
        const integrations = ScmIntegrations.fromConfig(config);
        const git = GitClient.fromConfig({ config, logger });
        const check = ServiceCheck.create({
          auth,
          catalog,
          userInfo,
          ownership,
          rules: readServiceRules(config),
        });
        scaffolder.addActions(
          createServiceCheckAction({ check, integrations }),
          createEcrRepositoryEnsureAction({ clients, ownership }),
          createEcrRepositoryDeleteAction({ clients, ownership }),
          createGitRepositoryInspectAction({ git, integrations }),
          createGitCommitAction({
            git,
            integrations,
            config,
            reader,
            ownership,
          }),
          createGitPullRequestAction({
            git,
            host: ScmRequests.fromConfig(config),
            integrations,
            config,
            ownership,
          }),
          createHelmValidateAction(),
          createImageUpdaterConfigureAction(),
          createArgoCdApplicationApplyAction({ instances, ownership }),
          createArgoCdApplicationWaitAction({ instances }),
          createArgoCdApplicationDeleteAction({ instances, ownership }),
          createArgoCdApplicationSetApplyAction({ instances, ownership }),
          createArgoCdProjectApplyAction({ instances, ownership }),
          createCatalogRegisterAction({ catalog, ownership }),
          createVersionReadAction({ service }),
          createPromoteAction({ service, actions }),
        );
      },
    });
  },
});
