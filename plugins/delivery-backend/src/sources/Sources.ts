import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TracingService } from '@backstage/backend-plugin-api/alpha';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type {
  ArgoCdClient,
  ArgoCdInstances,
  ConfigRepositoryHistory,
  ImageUpdaterCluster,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  LeaderElection,
  type LeaderTask,
  type LeaseTimes,
  leaseTimes,
} from '../leadership/LeaderElection';
import { LeaseShare } from '../leadership/LeaseShare';
import type { SignalPublisher } from '../signals/SignalPublisher';
import { kubernetesKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { DefaultTracker } from '../tracker/DefaultTracker';
import { TrackerListeners } from '../tracker/TrackerListeners';
import type { Tracker } from '../tracker/types';
import { ArgoCdSource, type WatchFactory } from './ArgoCdSource';
import { CommitRangeSource } from './CommitRangeSource';
import { CommitRequestSource } from './CommitRequestSource';
import { DesiredImageSource } from './DesiredImageSource';
import { ImageUpdaterSource } from './ImageUpdaterSource';
import { KubernetesUpdaterSource } from './KubernetesUpdaterSource';
import { PodFailureSource } from './PodFailureSource';
import { ProposalSource } from './ProposalSource';
import { RefreshRequestSource } from './RefreshRequestSource';
import { RegistryPoller } from './RegistryPoller';
import { RepositorySearcher } from './RepositorySearcher';
import { RevisionSource } from './RevisionSource';
import { SyncWindowSource } from './SyncWindowSource';

/**
 * The leader tasks of one lease.
 *
 * @internal
 */
export interface LeasedTasks {
  lease: string;
  tasks: LeaderTask[];
  /** The replicas divide these leases among them. */
  isShared?: boolean;
}

/** @internal */
export interface SourcesOptions {
  instances: ArgoCdInstances;
  createWatch: WatchFactory;
  registry: RegistrySource;
  /** Where the commits of configuration repositories are read, in order. */
  histories?: readonly ConfigRepositoryHistory[];
  /** Clusters from which ImageUpdaters are read, at most one per instance. */
  clusters?: readonly ImageUpdaterCluster[];
  registryPollIntervalMs: number;
  /** The time limit for reading all images of a repository. */
  registryReadTimeoutMs?: number;
  /** Length of an Image Updater cycle. */
  updaterIntervalMs?: number;
  /** Platform that the Image Updater runs on, `os/architecture[/variant]`. */
  updaterPlatform?: string;
  database: DeliveryDatabase;
  publisher: SignalPublisher;
  logger: LoggerService;
  /** Further tasks that only one replica may run at a time. */
  leaderTasks?: (tracker: Tracker) => LeasedTasks[];
  leaseTimes?: LeaseTimes;
  metrics?: DeliveryMetrics;
  tracing?: TracingService;
  /**
   * Milliseconds until a list that lacks many applications may be confirmed;
   * default a minute.
   */
  confirmMs?: number;
}

/**
 * Everything that reads from external systems: the registries and, for each Argo
 * CD instance, a watch and further reads. The tasks of a lease run on the replica
 * that holds it.
 *
 * @internal
 */
export class Sources {
  static create(options: SourcesOptions): Sources {
    return new Sources(options);
  }

  /** Handles registry events on any replica. */
  readonly registryPoller: RegistryPoller;
  readonly leaderTasks: LeasedTasks[];
  private readonly listeners = new TrackerListeners();
  private readonly tracker: DefaultTracker;
  private readonly refreshRequests = new Map<string, RefreshRequestSource>();
  private elections: LeaderElection[] = [];
  private share?: LeaseShare;

  private constructor(private readonly options: SourcesOptions) {
    const { database, logger, updaterPlatform } = options;
    this.tracker = DefaultTracker.create({
      database,
      logger,
      updaterPlatform,
      metrics: options.metrics,
      tracing: options.tracing,
      listener: this.listeners,
    });
    this.listeners.add({ signalsAdded: () => options.publisher.trigger() });
    this.registryPoller = this.createRegistryPoller();
    this.leaderTasks = [
      {
        lease: 'registries',
        tasks: [
          this.registryPoller,
          this.createRepositorySearcher(this.registryPoller),
        ],
      },
      {
        lease: 'commit-ranges',
        tasks: this.createHistoryTasks(options.histories ?? []),
      },
      ...(options.leaderTasks?.(this.tracker) ?? []),
      ...options.instances.list().map(client => ({
        lease: `argocd:${client.instance}`,
        isShared: true,
        tasks: this.createInstanceTasks(client),
      })),
    ];
  }

  start(): void {
    const { database, logger, metrics } = this.options;
    const times = this.options.leaseTimes ?? leaseTimes();
    const owner = `${hostname()}/${process.pid}/${randomUUID()}`;
    const share = LeaseShare.start({
      replica: owner,
      leases: this.leaderTasks.flatMap(({ lease, isShared }) =>
        isShared ? [lease] : [],
      ),
      database,
      logger,
      times,
    });
    this.share = share;
    this.elections = this.leaderTasks.map(({ lease, tasks, isShared }) =>
      LeaderElection.start({
        name: lease,
        owner,
        task: together(tasks),
        database,
        logger,
        times,
        metrics,
        ...(isShared && { share }),
      }),
    );
    share.divideAmong(this.elections);
  }

  /**
   * Requests a refresh, because the application may have changed. Resolves when
   * the request is stored; the replica that watches the instance handles it.
   */
  async requestRefresh(ref: ApplicationRef): Promise<void> {
    await this.refreshRequests.get(ref.instance)?.add(ref);
  }

  async stop(): Promise<void> {
    await this.share?.stop();
    await Promise.all(this.elections.map(election => election.stop()));
  }

  private createRegistryPoller(): RegistryPoller {
    const { registryPollIntervalMs, registryReadTimeoutMs } = this.options;
    const poller = RegistryPoller.create({
      ...this.shared(),
      registry: this.options.registry,
      pollIntervalMs: registryPollIntervalMs,
      readTimeoutMs: registryReadTimeoutMs,
    });
    this.listeners.add({ repositoriesAdded: () => poller.trigger() });
    return poller;
  }

  private createRepositorySearcher(poller: RegistryPoller): RepositorySearcher {
    return RepositorySearcher.create({
      ...this.shared(),
      registry: this.options.registry,
      repositoriesReferenced: () => poller.trigger(),
    });
  }

  /** They ask the same Git hosts, whose rate limits they share. */
  private createHistoryTasks(
    histories: readonly ConfigRepositoryHistory[],
  ): LeaderTask[] {
    const shared = { ...this.shared(), histories };
    return [
      CommitRangeSource.create(shared),
      CommitRequestSource.create(shared),
      ProposalSource.create(shared),
    ];
  }

  private createInstanceTasks(client: ArgoCdClient): LeaderTask[] {
    const { createWatch, confirmMs, tracing, updaterIntervalMs } = this.options;
    const { instance } = client;
    const shared = { ...this.shared(), client };
    const revisions = RevisionSource.create(shared);
    this.listeners.add({
      revisionsRequested: requested => {
        if (requested === instance) {
          revisions.trigger();
        }
      },
    });
    const cluster = this.options.clusters?.find(
      one => one.instance === instance,
    );
    const imageUpdaters = ImageUpdaterSource.create({
      ...shared,
      updaterIntervalMs,
      ...(cluster && { alsoReadFrom: [kubernetesKey(instance)] }),
    });
    const desiredImages = DesiredImageSource.create(shared);
    const podFailures = PodFailureSource.create(shared);
    const argoCd = ArgoCdSource.create({
      ...shared,
      createWatch,
      tracing,
      listeners: [imageUpdaters, desiredImages, podFailures],
      confirmMs,
    });
    const refreshRequests = RefreshRequestSource.create({
      ...this.shared(),
      instance,
      requestRefresh: ref => argoCd.requestRefresh(ref),
    });
    this.refreshRequests.set(instance, refreshRequests);
    const syncWindows = SyncWindowSource.create(shared);
    return [
      argoCd,
      revisions,
      imageUpdaters,
      ...(cluster
        ? [
            KubernetesUpdaterSource.create({
              ...this.shared(),
              cluster,
              updaterIntervalMs,
            }),
          ]
        : []),
      desiredImages,
      podFailures,
      refreshRequests,
      syncWindows,
    ];
  }

  private shared() {
    const { database, logger, metrics, publisher } = this.options;
    return {
      database,
      logger,
      metrics,
      tracker: this.tracker,
      signalsAdded: () => publisher.trigger(),
    };
  }
}

function together(tasks: LeaderTask[]): LeaderTask {
  return {
    start(fence) {
      tasks.forEach(task => task.start(fence));
    },
    async stop() {
      await Promise.all(tasks.map(task => task.stop()));
    },
  };
}
