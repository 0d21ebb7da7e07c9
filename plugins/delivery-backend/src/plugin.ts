import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { notificationService } from '@backstage/plugin-notifications-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  argoCdInstancesServiceRef,
  deliveryRegistrySourceExtensionPoint,
  EcrHosts,
  readRegistryConfig,
  type RegistrySource,
  RegistrySources,
  registrySourceServiceRef,
  SeededApplicationWatch,
} from '@landfall/backstage-plugin-delivery-node';
import { readArgoCdWebhooks } from './config/readArgoCdWebhooks';
import { readDeliveryConfig } from './config/readDeliveryConfig';
import {
  createWebhookRouter,
  WEBHOOK_PATH,
} from './events/argocd/createWebhookRouter';
import { subscribeEcrEvents } from './events/subscribeEcrEvents';
import { NotificationSender } from './notifications/NotificationSender';
import { OwningEntities } from './notifications/OwningEntities';
import { OutboxPublisher } from './outbox/OutboxPublisher';
import { createRouter } from './router/createRouter';
import { AuthorizedDeliveryService } from './service/AuthorizedDeliveryService';
import { DefaultDeliveryService } from './service/DefaultDeliveryService';
import { EntityRepositories } from './service/EntityRepositories';
import { Links } from './service/links';
import { scheduleRetention } from './scheduleRetention';
import { NamedRepositories } from './sources/NamedRepositories';
import { scheduleNamedRepositories } from './sources/scheduleNamedRepositories';
import { Sources } from './sources/Sources';
import { DeliveryDatabase } from './store/DeliveryDatabase';

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
        const {
          environments,
          watch,
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

        const clients = argocd.list();
        if (clients.length === 0) {
          logger.warn(
            "No Argo CD instance is configured in 'argocd.appLocatorMethods', so there is nothing to watch",
          );
        }
        const instanceNames = clients.map(client => client.instance);
        const webhooks = readArgoCdWebhooks(config, instanceNames);
        const reader = DefaultDeliveryService.create({
          database,
          environments,
          instanceNames,
          updaterIntervalMs,
          repositories: EntityRepositories.create({ database, hosts }),
          updaterPlatform,
          links: Links.create({
            frontendUrls: new Map(
              clients.map(client => [client.instance, client.frontendUrl]),
            ),
            integrations: ScmIntegrations.fromConfig(config),
          }),
        });
        const service = AuthorizedDeliveryService.create({
          catalog: deps.catalog,
          reader,
        });
        const publisher = OutboxPublisher.start({ database, signals, logger });
        const sender = NotificationSender.create({
          database,
          notifications: deps.notifications,
          entities: OwningEntities.create({
            catalog: deps.catalog,
            auth: deps.auth,
          }),
          environments,
          logger,
        });
        const sources = Sources.create({
          duties: notifyOwners ? [{ name: 'notifications', duty: sender }] : [],
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
        });
        if (webhooks.length > 0) {
          deps.httpRouter.use(
            createWebhookRouter({
              webhooks,
              onHint: ref => sources.hint(ref),
              logger,
            }),
          );
          deps.httpRouter.addAuthPolicy({
            allow: 'unauthenticated',
            path: WEBHOOK_PATH,
          });
        }
        deps.httpRouter.use(createRouter({ httpAuth: deps.httpAuth, service }));
        await scheduleNamedRepositories({
          scheduler: deps.scheduler,
          repositories: NamedRepositories.create({
            catalog: deps.catalog,
            auth: deps.auth,
            database,
            referenceOf: id => hosts.referencesOf(id)[0],
            logger,
          }),
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
          await publisher.stop();
        });
      },
    });
  },
});
