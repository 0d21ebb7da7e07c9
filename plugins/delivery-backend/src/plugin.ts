import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { deliveryPermissions } from '@landfall/backstage-plugin-delivery-common';
import {
  argoCdInstancesServiceRef,
  deliveryActionsServiceRef,
  type ConfigRepositoryHistory,
  deliveryConfigRepositoryHistoryExtensionPoint,
  deliveryRegistrySourceExtensionPoint,
  type RegistrySource,
  registrySourceServiceRef,
  ScmRepositoryHistory,
} from '@landfall/backstage-plugin-delivery-node';
import {
  createWebhookRouter,
  WEBHOOK_PATH,
} from './events/argocd/createWebhookRouter';
import { DeliveryBackend } from './wiring/DeliveryBackend';

/** @internal */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    const addedSources: RegistrySource[] = [];
    env.registerExtensionPoint(deliveryRegistrySourceExtensionPoint, {
      addRegistrySource: source => addedSources.push(source),
    });
    const addedHistories: ConfigRepositoryHistory[] = [];
    env.registerExtensionPoint(deliveryConfigRepositoryHistoryExtensionPoint, {
      addConfigRepositoryHistory: history => addedHistories.push(history),
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        databaseService: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metricsService: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        tracing: tracingServiceRef,
        userInfo: coreServices.userInfo,
        catalog: catalogServiceRef,
        events: eventsServiceRef,
        signals: signalsServiceRef,
        notifications: notificationService,
        ownActions: deliveryActionsServiceRef,
        argocd: argoCdInstancesServiceRef,
        registry: registrySourceServiceRef,
      },
      async init(deps) {
        const { httpRouter, lifecycle, logger } = deps;
        deps.permissionsRegistry.addPermissions(deliveryPermissions);
        const backend = await DeliveryBackend.create({
          ...deps,
          registries: [...addedSources, deps.registry],
          histories: [
            ...addedHistories,
            ScmRepositoryHistory.fromConfig(deps.config),
          ],
        });
        const { metrics, settings } = backend.parts;
        if (settings.webhooks.length > 0) {
          httpRouter.use(
            createWebhookRouter({
              webhooks: settings.webhooks,
              onRefreshRequest: ref => backend.sources.requestRefresh(ref),
              logger,
              metrics,
            }),
          );
          httpRouter.addAuthPolicy({
            allow: 'unauthenticated',
            path: WEBHOOK_PATH,
          });
        }
        backend.registerActions(deps.actionsRegistry, deps.ownActions);
        backend.createRouters().forEach(router => httpRouter.use(router));
        await backend.schedule();
        lifecycle.addStartupHook(() => backend.start());
        lifecycle.addShutdownHook(() => backend.stop());
      },
    });
  },
});
