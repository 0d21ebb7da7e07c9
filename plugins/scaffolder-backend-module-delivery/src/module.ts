import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  scaffolderActionsExtensionPoint,
  scaffolderServiceRef,
} from '@backstage/plugin-scaffolder-node';
import {
  argoCdInstancesServiceRef,
  deliveryActionsServiceRef,
  deliveryServiceRef,
  ecrClientsServiceRef,
  EcrHosts,
  GitClient,
  readRegistryConfig,
  ScmRequests,
} from '@landfall/backstage-plugin-delivery-node';
import { EntityOwnership } from './access';
import {
  createApplicationsReadAction,
  createArgoCdApplicationApplyAction,
  createArgoCdApplicationDeleteAction,
  createArgoCdApplicationSetApplyAction,
  createArgoCdApplicationReleaseAction,
  createArgoCdApplicationWaitAction,
  createCatalogAnnotateAction,
  createArgoCdProjectApplyAction,
  createCatalogRegisterAction,
  createCatalogSuggestAction,
  createCatalogUnregisterAction,
  createEcrRepositoryDeleteAction,
  createEcrRepositoryEnsureAction,
  createGitCommitAction,
  createGitFoldersRemoveAction,
  createGitPullRequestAction,
  createGitRepositoryInspectAction,
  createHelmValidateAction,
  createImageUpdaterConfigureAction,
  createPromoteAction,
  createServiceCheckAction,
  createVersionReadAction,
} from './actions';
import { createFormRouter, readFormConfig, TemplatePreview } from './forms';
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
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        scaffolderService: scaffolderServiceRef,
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
        httpAuth,
        httpRouter,
        permissions,
        scaffolderService,
        catalog,
        instances,
        clients,
        service,
        actions,
      }) {
        const ownership = EntityOwnership.create({ auth, catalog, userInfo });
        const integrations = ScmIntegrations.fromConfig(config);
        const git = GitClient.fromConfig({ config, logger });
        const host = ScmRequests.fromConfig(config);
        const check = ServiceCheck.create({
          auth,
          catalog,
          userInfo,
          ownership,
          rules: readServiceRules(config),
        });
        httpRouter.use(
          createFormRouter({
            httpAuth,
            permissions,
            check,
            preview: TemplatePreview.create({
              catalog,
              scaffolder: scaffolderService,
              reader,
              integrations,
            }),
            ...readFormConfig(config, integrations),
          }),
        );
        scaffolder.addActions(
          createServiceCheckAction({ check, integrations }),
          createEcrRepositoryEnsureAction({ clients, ownership }),
          createEcrRepositoryDeleteAction({ clients, ownership }),
          createGitRepositoryInspectAction({ git, integrations, reader }),
          createGitCommitAction({
            git,
            integrations,
            config,
            reader,
            ownership,
          }),
          createGitPullRequestAction({
            git,
            host,
            integrations,
            config,
            ownership,
          }),
          createHelmValidateAction(),
          createImageUpdaterConfigureAction(),
          createArgoCdApplicationApplyAction({ instances, ownership }),
          createApplicationsReadAction({ service }),
          createArgoCdApplicationReleaseAction({ instances }),
          createArgoCdApplicationWaitAction({ instances }),
          createCatalogAnnotateAction(),
          createCatalogRegisterAction({ catalog, ownership }),
          createCatalogSuggestAction({
            service,
            catalog,
            integrations,
            ownership,
            hosts: EcrHosts.create(readRegistryConfig(config).ecr),
          }),
          createCatalogUnregisterAction({ catalog, ownership }),
          createGitFoldersRemoveAction({
            git,
            requests: host,
            integrations,
            config,
            ownership,
          }),
          createArgoCdApplicationDeleteAction({ instances, ownership }),
          createArgoCdApplicationSetApplyAction({ instances, ownership }),
          createArgoCdProjectApplyAction({ instances, ownership }),
          createVersionReadAction({ service }),
          createPromoteAction({ service, actions }),
        );
      },
    });
  },
});
