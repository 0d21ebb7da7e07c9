import {
  type DeliveryActionsService,
  EcrHosts,
  readRegistryConfig,
} from '@landfall/backstage-plugin-delivery-node';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Router } from 'express';
import { registerActions } from '../actions-registry/registerActions';
import { subscribeEcrEvents } from '../events/subscribeEcrEvents';
import { guardActions } from '../router/actionGuard';
import { createRouter } from '../router/createRouter';
import { scheduleRetention } from '../scheduleRetention';
import { SignalPublisher } from '../signals/SignalPublisher';
import { AnnotatedRepositories } from '../sources/AnnotatedRepositories';
import { AnnotatedServices } from '../sources/AnnotatedServices';
import { CatalogReader } from '../sources/CatalogReader';
import { RepositoryRequests } from '../sources/RepositoryRequests';
import { scheduleCatalogReads } from '../sources/scheduleCatalogReads';
import type { Sources } from '../sources/Sources';
import { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readQueues } from '../store/operations/readQueues';
import { isoNow } from '../store/time';
import { createHealthRouter } from '../telemetry/createHealthRouter';
import { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { readHealth } from '../telemetry/readHealth';
import { createServices } from './createService';
import { createSources } from './createSources';
import { readSettings } from './settings';
import type { DeliveryBackendOptions, DeliveryParts } from './types';

/**
 * Assembles the plugin: the store, the service that reads from it, and the
 * sources that fill it.
 *
 * @internal
 */
export class DeliveryBackend {
  static async create(
    options: DeliveryBackendOptions,
  ): Promise<DeliveryBackend> {
    const { logger } = options;
    const settings = readSettings(options.config, options.argocd);
    const { instanceNames, accessRules } = settings;
    if (instanceNames.length === 0) {
      logger.warn(
        "No Argo CD instance is configured in 'argocd.appLocatorMethods', so there is nothing to watch",
      );
    }
    const hosts = EcrHosts.create(readRegistryConfig(options.config).ecr);
    const database = await DeliveryDatabase.create({
      database: options.databaseService,
    });
    const metrics = DeliveryMetrics.create(options.metricsService);
    metrics.observeQueues(() =>
      readQueues(database.knex, { instances: instanceNames, now: isoNow() }),
    );
    const catalogReader = CatalogReader.create({
      catalog: options.catalog,
      auth: options.auth,
      readers: [
        AnnotatedRepositories.create({ database, hosts, accessRules }),
        AnnotatedServices.create({ database }),
      ],
      logger,
    });
    const parts: DeliveryParts = {
      settings,
      database,
      hosts,
      metrics,
      publisher: SignalPublisher.start({
        database,
        signals: options.signals,
        logger,
        metrics,
        tracing: options.tracing,
      }),
      repositoryRequests: RepositoryRequests.start({
        reader: catalogReader,
        logger,
      }),
    };
    return new DeliveryBackend(
      options,
      parts,
      catalogReader,
      createServices(options, parts),
      createSources(options, parts),
    );
  }

  private readonly startedAt = isoNow();

  private constructor(
    private readonly options: DeliveryBackendOptions,
    readonly parts: DeliveryParts,
    private readonly catalogReader: CatalogReader,
    private readonly services: ReturnType<typeof createServices>,
    readonly sources: Sources,
  ) {}

  /** @param actions - the plugin's own API, which audits and limits what it does */
  registerActions(
    registry: ActionsRegistryService,
    actions: DeliveryActionsService,
  ): void {
    registerActions(registry, { service: this.services.service, actions });
  }

  createRouters(): Router[] {
    const { auditor, httpAuth } = this.options;
    const { database, settings } = this.parts;
    return [
      createHealthRouter({
        httpAuth,
        readHealth: () =>
          readHealth({
            database,
            instanceNames: settings.instanceNames,
            leases: this.sources.leaderTasks.map(({ lease }) => lease),
            startedAt: this.startedAt,
          }),
      }),
      guardActions(createRouter({ httpAuth, ...this.services }), {
        auditor,
        httpAuth,
      }),
    ];
  }

  /**
   * Schedules periodic tasks with Backstage's scheduler, each on one replica at a
   * time.
   */
  async schedule(): Promise<void> {
    const { scheduler, logger } = this.options;
    const { database, settings } = this.parts;
    await scheduleCatalogReads({
      scheduler,
      reader: this.catalogReader,
      logger,
    });
    await scheduleRetention({
      scheduler,
      database,
      logger,
      retentionMs: settings.retentionMs,
      instances: settings.instanceNames,
    });
  }

  async start(): Promise<void> {
    const { events, logger } = this.options;
    this.sources.start();
    await subscribeEcrEvents({
      events,
      hostsOf: registry => this.parts.hosts.hostsOf(registry),
      poller: this.sources.registryPoller,
      logger,
    });
  }

  async stop(): Promise<void> {
    await this.sources.stop();
    await this.parts.repositoryRequests.stop();
    await this.parts.publisher.stop();
  }
}
