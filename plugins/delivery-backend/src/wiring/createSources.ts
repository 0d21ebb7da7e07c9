import {
  RegistrySources,
  SeededApplicationWatch,
} from '@landfall/backstage-plugin-delivery-node';
import { leaseTimes } from '../leadership/LeaderElection';
import { NotificationSender } from '../notifications/NotificationSender';
import { OwningEntities } from '../notifications/OwningEntities';
import { Sources } from '../sources/Sources';
import type { DeliveryBackendOptions, DeliveryParts } from './types';

/**
 * The sources, and the leader task that sends notifications if they are enabled.
 *
 * @internal
 */
export function createSources(
  options: DeliveryBackendOptions,
  { settings, database, metrics, publisher }: DeliveryParts,
): Sources {
  const { auth, catalog, logger, notifications } = options;
  const { accessRules, argocdNamespaces, environments } = settings;
  const sender = NotificationSender.create({
    database,
    notifications,
    entities: OwningEntities.create({
      catalog,
      auth,
      accessRules,
      argocdNamespaces,
    }),
    environments,
    logger,
    metrics,
  });
  return Sources.create({
    instances: options.argocd,
    createWatch: (client, listener) =>
      SeededApplicationWatch.create({
        client,
        listener,
        logger,
        options: settings.watch,
      }),
    registry: RegistrySources.create(options.registries),
    histories: options.histories,
    clusters: settings.clusters,
    registryPollIntervalMs: settings.registryPollIntervalMs,
    registryReadTimeoutMs: settings.registryReadTimeoutMs,
    updaterIntervalMs: settings.updaterIntervalMs,
    updaterPlatform: settings.updaterPlatform,
    database,
    publisher,
    logger,
    metrics,
    tracing: options.tracing,
    leaderTasks: settings.notifyOwners
      ? [{ lease: 'notifications', tasks: [sender] }]
      : [],
    leaseTimes: leaseTimes(settings.leaseMs),
  });
}
