import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type {
  ArgoCdInstances,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { SignalPublisher } from '../signals/SignalPublisher';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { DefaultTracker } from '../tracker/DefaultTracker';
import { ArgoCdSource, type WatchFactory } from './ArgoCdSource';
import { RefreshRequestSource } from './RefreshRequestSource';
import {
  type LeaderTask,
  LeaderElection,
  type LeaseTimes,
  leaseTimes,
} from '../leadership/LeaderElection';
import { ImageUpdaterSource } from './ImageUpdaterSource';
import { RegistryPoller } from './RegistryPoller';
import { RepositorySearcher } from './RepositorySearcher';
import { RevisionSource } from './RevisionSource';
import { SyncWindowSource } from './SyncWindowSource';

/**
 * Everything that listens to the outside: per Argo CD instance a watch and its
 * revisions, and the registries, each by the replica that holds its lease.
 *
 * @internal
 */
export class Sources {
  static create(options: {
    instances: ArgoCdInstances;
    createWatch: WatchFactory;
    registry: RegistrySource;
    registryPollIntervalMs: number;
    /** What the registry has for all images of a repository. */
    registryReadTimeoutMs?: number;
    /** How often the Image Updater looks. */
    updaterIntervalMs?: number;
    /** Where the Image Updater runs. */
    updaterPlatform?: string;
    database: DeliveryDatabase;
    publisher: SignalPublisher;
    logger: LoggerService;
    /** What else one replica does at a time. */
    leaderTasks?: { lease: string; tasks: LeaderTask[] }[];
    leaseTimes?: LeaseTimes;
    metrics?: DeliveryMetrics;
    /** Milliseconds until a list that lacks much may be confirmed; default a minute. */
    confirmMs?: number;
  }): Sources {
    return new Sources(options);
  }

  /** Hears of what happens in the registries, on whichever replica. */
  readonly registryPoller: RegistryPoller;
  private readonly requests = new Map<string, RefreshRequestSource>();
  /** Leases, and what whoever holds them does. */
  readonly leaderTasks: { lease: string; tasks: LeaderTask[] }[];
  private leaders: LeaderElection[] = [];

  private constructor(
    private readonly options: Parameters<typeof Sources.create>[0],
  ) {
    const { database, publisher, logger, instances, metrics } = options;
    const signalsAdded = () => publisher.trigger();
    const revisions = new Map<string, RevisionSource>();
    const tracker = DefaultTracker.create({
      database,
      logger,
      updaterPlatform: options.updaterPlatform,
      listener: {
        signalsAdded,
        revisionsRequested: instance => revisions.get(instance)?.trigger(),
        repositoriesAdded: () => this.registryPoller.trigger(),
      },
    });
    this.registryPoller = RegistryPoller.create({
      registry: options.registry,
      pollIntervalMs: options.registryPollIntervalMs,
      readTimeoutMs: options.registryReadTimeoutMs,
      database,
      tracker,
      logger,
      metrics,
    });
    this.leaderTasks = [
      {
        lease: 'registries',
        tasks: [
          this.registryPoller,
          RepositorySearcher.create({
            registry: options.registry,
            database,
            logger,
            signalsAdded,
            repositoriesReferenced: () => this.registryPoller.trigger(),
            metrics,
          }),
        ],
      },
      ...(options.leaderTasks ?? []),
    ];
    for (const client of instances.list()) {
      const source = RevisionSource.create({
        client,
        database,
        tracker,
        logger,
        metrics,
      });
      revisions.set(client.instance, source);
      const imageUpdaters = ImageUpdaterSource.create({
        client,
        database,
        tracker,
        logger,
        signalsAdded,
        updaterIntervalMs: options.updaterIntervalMs,
        metrics,
      });
      const watch = ArgoCdSource.create({
        client,
        createWatch: options.createWatch,
        listening: listener => imageUpdaters.listening(listener),
        confirmMs: options.confirmMs,
        database,
        tracker,
        logger,
        signalsAdded,
        metrics,
      });
      const requests = RefreshRequestSource.create({
        instance: client.instance,
        requestRefresh: ref => watch.requestRefresh(ref),
        database,
        logger,
        metrics,
      });
      this.requests.set(client.instance, requests);
      this.leaderTasks.push({
        lease: `argocd:${client.instance}`,
        tasks: [
          watch,
          source,
          imageUpdaters,
          requests,
          SyncWindowSource.create({
            client,
            database,
            tracker,
            logger,
            signalsAdded,
            metrics,
          }),
        ],
      });
    }
  }

  start(): void {
    const { database, logger, metrics } = this.options;
    const times = this.options.leaseTimes ?? leaseTimes();
    const owner = `${hostname()}/${process.pid}/${randomUUID()}`;
    this.leaders = this.leaderTasks.map(({ lease, tasks }) =>
      LeaderElection.start({
        name: lease,
        owner,
        task: together(tasks),
        database,
        logger,
        times,
        metrics,
      }),
    );
  }

  /**
   * The application may have changed. Resolves when that is stored; whichever
   * replica watches the instance reads it then.
   */
  async requestRefresh(ref: ApplicationRef): Promise<void> {
    await this.requests.get(ref.instance)?.add(ref);
  }

  async stop(): Promise<void> {
    await Promise.all(this.leaders.map(leader => leader.stop()));
  }
}

function together(leaderTasks: LeaderTask[]): LeaderTask {
  return {
    start(fence) {
      leaderTasks.forEach(task => task.start(fence));
    },
    async stop() {
      await Promise.all(leaderTasks.map(task => task.stop()));
    },
  };
}
