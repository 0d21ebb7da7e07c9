import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { notificationService } from '@backstage/plugin-notifications-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { deliveryPermissions } from '@landfall/backstage-plugin-delivery-common';
import {
  argoCdInstancesServiceRef,
  deliveryRegistrySourceExtensionPoint,
  EcrHosts,
  readArgoCdNamespaces,
  readRegistryConfig,
  type RegistrySource,
  RegistrySources,
  registrySourceServiceRef,
  SeededApplicationWatch,
} from '@landfall/backstage-plugin-delivery-node';
import { readAccessConfig } from './config/readAccessConfig';
import { readArgoCdWebhooks } from './config/readArgoCdWebhooks';
import { readDeliveryConfig } from './config/readDeliveryConfig';
import {
  createWebhookRouter,
  WEBHOOK_PATH,
} from './events/argocd/createWebhookRouter';
import { subscribeEcrEvents } from './events/subscribeEcrEvents';
import { NotificationSender } from './notifications/NotificationSender';
import { OwningEntities } from './notifications/OwningEntities';
import { SignalPublisher } from './signals/SignalPublisher';
import { createRouter } from './router/createRouter';
import { AuthorizedDeliveryService } from './service/AuthorizedDeliveryService';
import { StoreDeliveryService } from './service/StoreDeliveryService';
import { EntityRepositories } from './service/EntityRepositories';
import { Links } from './service/links';
import { scheduleRetention } from './scheduleRetention';
import { leaseTimes } from './leadership/LeaderElection';
import { AnnotatedRepositories } from './sources/AnnotatedRepositories';
import { RepositoryRequests } from './sources/RepositoryRequests';
import { scheduleAnnotatedRepositories } from './sources/scheduleAnnotatedRepositories';
import { Sources } from './sources/Sources';
import { DeliveryDatabase } from './store/DeliveryDatabase';
import { readQueues } from './store/operations/readQueues';
import { isoNow } from './store/time';
import { createHealthRouter } from './telemetry/createHealthRouter';
import { DeliveryMetrics } from './telemetry/DeliveryMetrics';
import { readHealth } from './telemetry/readHealth';

/** @internal */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    const addedSources: RegistrySource[] = [];
    env.registerExtensionPoint(deliveryRegistrySourceExtensionPoint, {
      addRegistrySource: source => addedSources.push(source),
    });
    env.registerInit({
      deps: {
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
        catalog: catalogServiceRef,
        events: eventsServiceRef,
        signals: signalsServiceRef,
        notifications: notificationService,
        argocd: argoCdInstancesServiceRef,
        registry: registrySourceServiceRef,
      },
      async init(deps) {
        const { config, lifecycle, logger, signals, argocd } = deps;
        deps.permissionsRegistry.addPermissions(deliveryPermissions);
        const accessRules = readAccessConfig(config);
        const argocdNamespaces = readArgoCdNamespaces(config);
        const {
          environments,
          watch,
          leaseMs,
          registryPollIntervalMs,
          registryReadTimeoutMs,
          updaterIntervalMs,
          updaterPlatform,
          retentionMs,
          notifyOwners,
        } = readDeliveryConfig(config);
        const hosts = EcrHosts.create(readRegistryConfig(config).ecr);
        const database = await DeliveryDatabase.create({
          database: deps.databaseService,
        });

        const metrics = DeliveryMetrics.create(deps.metricsService);
        const startedAt = isoNow();

        const clients = argocd.list();
        if (clients.length === 0) {
          logger.warn(
            "No Argo CD instance is configured in 'argocd.appLocatorMethods', so there is nothing to watch",
          );
        }
        const instanceNames = clients.map(client => client.instance);
        metrics.observeQueues(() =>
          readQueues(database.knex, {
            instances: instanceNames,
            now: isoNow(),
          }),
        );
        const webhooks = readArgoCdWebhooks(config, instanceNames);
        const annotatedRepositories = AnnotatedRepositories.create({
          catalog: deps.catalog,
          auth: deps.auth,
          database,
          hosts,
          accessRules,
          logger,
        });
        const repositoryRequests = RepositoryRequests.start({
          repositories: annotatedRepositories,
          logger,
        });
        const stored = StoreDeliveryService.create({
          catalog: deps.catalog,
          database,
          environments,
          instanceNames,
          updaterIntervalMs,
          accessRules,
          argocdNamespaces,
          repositories: EntityRepositories.create({
            database,
            hosts,
            accessRules,
            onUnknown: entityRef => repositoryRequests.request(entityRef),
          }),
          updaterPlatform,
          links: Links.create({
            frontendUrls: new Map(
              clients.map(client => [client.instance, client.frontendUrl]),
            ),
            integrations: ScmIntegrations.fromConfig(config),
          }),
        });
        const service = AuthorizedDeliveryService.create({
          permissions: deps.permissions,
          service: stored,
        });
        const publisher = SignalPublisher.start({
          database,
          signals,
          logger,
          metrics,
        });
        const sender = NotificationSender.create({
          database,
          notifications: deps.notifications,
          entities: OwningEntities.create({
            catalog: deps.catalog,
            auth: deps.auth,
            accessRules,
            argocdNamespaces,
          }),
          environments,
          logger,
          metrics,
        });
        const sources = Sources.create({
          leaderTasks: notifyOwners
            ? [{ lease: 'notifications', tasks: [sender] }]
            : [],
          instances: argocd,
          createWatch: (client, listener) =>
            SeededApplicationWatch.create({
              client,
              listener,
              logger,
              options: watch,
            }),
          registry: RegistrySources.create([...addedSources, deps.registry]),
          registryPollIntervalMs,
          registryReadTimeoutMs,
          updaterIntervalMs,
          updaterPlatform,
          database,
          publisher,
          logger,
          metrics,
          leaseTimes: leaseTimes(leaseMs),
        });
        if (webhooks.length > 0) {
          deps.httpRouter.use(
            createWebhookRouter({
              webhooks,
              onRefreshRequest: ref => sources.requestRefresh(ref),
              logger,
              metrics,
            }),
          );
          deps.httpRouter.addAuthPolicy({
            allow: 'unauthenticated',
            path: WEBHOOK_PATH,
          });
        }
        deps.httpRouter.use(
          createHealthRouter({
            httpAuth: deps.httpAuth,
            readHealth: () =>
              readHealth({
                database,
                instanceNames,
                leases: sources.leaderTasks.map(({ lease }) => lease),
                startedAt,
              }),
          }),
        );
        deps.httpRouter.use(createRouter({ httpAuth: deps.httpAuth, service }));
        await scheduleAnnotatedRepositories({
          scheduler: deps.scheduler,
          repositories: annotatedRepositories,
          logger,
        });
        await scheduleRetention({
          scheduler: deps.scheduler,
          database,
          logger,
          retentionMs,
          instances: instanceNames,
        });
        lifecycle.addStartupHook(async () => {
          sources.start();
          await subscribeEcrEvents({
            events: deps.events,
            hostsOf: registry => hosts.hostsOf(registry),
            poller: sources.registryPoller,
            logger,
          });
        });
        lifecycle.addShutdownHook(async () => {
          await sources.stop();
          await repositoryRequests.stop();
          await publisher.stop();
        });
      },
    });
  },
});
