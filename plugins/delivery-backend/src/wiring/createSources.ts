import {
  RegistrySources,
  SeededApplicationWatch,
  ConfigRepositoryEditor,
} from '@landfall/backstage-plugin-delivery-node';
import { FleetIndexer } from '../fleet/FleetIndexer';
import { leaseTimes } from '../leadership/LeaderElection';
import { NotificationSender } from '../notifications/NotificationSender';
import { OwningEntities } from '../notifications/OwningEntities';
import { ActionSettler } from '../service/actions/ActionSettler';
import { ChangeFollower } from '../service/versionChanges/ChangeFollower';
import { Sources } from '../sources/Sources';
import type { Tracker } from '../tracker/types';
import { createLinks } from './createLinks';
import type { DeliveryBackendOptions, DeliveryParts } from './types';

/**
 * The sources, and the leader tasks that index the fleet and, if they are enabled,
 * send notifications.
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
    digest: settings.notificationDigest,
    logger,
    metrics,
  });
  const indexerFor = (tracker: Tracker) =>
    FleetIndexer.create({
      database,
      tracker,
      rules: {
        instanceNames: settings.instanceNames,
        accessRules,
        argocdNamespaces,
      },
      settings: {
        links: createLinks(options),
        environments,
        updaterIntervalMs: settings.updaterIntervalMs,
        updaterPlatform: settings.updaterPlatform,
      },
      logger,
      metrics,
      signalsAdded: () => publisher.trigger(),
    });
  const settler = ActionSettler.create({
    database,
    logger,
    metrics,
    changes: new ChangeFollower({
      database,
      editor: ConfigRepositoryEditor.fromConfig({
        config: options.config,
        logger,
      }),
      logger,
      updaterPlatform: settings.updaterPlatform,
    }),
    signalsAdded: () => publisher.trigger(),
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
    leaderTasks: tracker => [
      { lease: 'fleet', tasks: [indexerFor(tracker)] },
      { lease: 'actions', tasks: [settler] },
      ...(settings.notifyOwners
        ? [{ lease: 'notifications', tasks: [sender] }]
        : []),
    ],
    leaseTimes: leaseTimes(settings.leaseMs),
  });
}
