import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type {
  ArgoCdInstances,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { OutboxPublisher } from '../signals/SignalPublisher';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { DefaultTracker } from '../tracker/DefaultTracker';
import { ArgoCdSource, type WatchFactory } from './ArgoCdSource';
import { HintSource } from './RefreshRequestSource';
import {
  type Duty,
  Leader,
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
    publisher: OutboxPublisher;
    logger: LoggerService;
    /** What else one replica does at a time. */
    duties?: { lease: string; parts: Duty[] }[];
    leaseTimes?: LeaseTimes;
    metrics?: DeliveryMetrics;
    /** Milliseconds until a list that lacks much may be confirmed; default a minute. */
    confirmMs?: number;
  }): Sources {
    return new Sources(options);
  }

  /** Hears of what happens in the registries, on whichever replica. */
  readonly registryPoller: RegistryPoller;
  private readonly hints = new Map<string, HintSource>();
  /** Leases, and what whoever holds them does. */
  readonly duties: { lease: string; parts: Duty[] }[];
  private leaders: Leader[] = [];

  private constructor(
    private readonly options: Parameters<typeof Sources.create>[0],
  ) {
    const { database, publisher, logger, instances, metrics } = options;
    const outboxFilled = () => publisher.kick();
    const revisions = new Map<string, RevisionSource>();
    const tracker = DefaultTracker.create({
      database,
      logger,
      updaterPlatform: options.updaterPlatform,
      listener: {
        outboxFilled,
        revisionsWanted: instance => revisions.get(instance)?.kick(),
        repositoriesAdded: () => this.registryPoller.kick(),
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
    this.duties = [
      {
        lease: 'registries',
        parts: [
          this.registryPoller,
          RepositorySearcher.create({
            registry: options.registry,
            database,
            logger,
            outboxFilled,
            repositoriesNamed: () => this.registryPoller.kick(),
            metrics,
          }),
        ],
      },
      ...(options.duties ?? []),
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
        outboxFilled,
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
        outboxFilled,
        metrics,
      });
      const hints = HintSource.create({
        instance: client.instance,
        poke: ref => watch.poke(ref),
        database,
        logger,
        metrics,
      });
      this.hints.set(client.instance, hints);
      this.duties.push({
        lease: `argocd:${client.instance}`,
        parts: [
          watch,
          source,
          imageUpdaters,
          hints,
          SyncWindowSource.create({
            client,
            database,
            tracker,
            logger,
            outboxFilled,
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
    this.leaders = this.duties.map(({ lease, parts }) =>
      Leader.start({
        name: lease,
        owner,
        duty: together(parts),
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
  async hint(ref: ApplicationRef): Promise<void> {
    await this.hints.get(ref.instance)?.add(ref);
  }

  async stop(): Promise<void> {
    await Promise.all(this.leaders.map(leader => leader.stop()));
  }
}

function together(duties: Duty[]): Duty {
  return {
    start(fence) {
      duties.forEach(duty => duty.start(fence));
    },
    async stop() {
      await Promise.all(duties.map(duty => duty.stop()));
    },
  };
}
