import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type {
  ArgoCdInstances,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { OutboxPublisher } from '../outbox/OutboxPublisher';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { DefaultTracker } from '../tracker/DefaultTracker';
import { ArgoCdSource, type WatchFactory } from './ArgoCdSource';
import { HintSource } from './HintSource';
import { type Duty, Leader, type LeaseTimes } from './Leader';
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
    duties?: { name: string; duty: Duty }[];
    leaseTimes?: LeaseTimes;
  }): Sources {
    return new Sources(options);
  }

  /** Hears of what happens in the registries, on whichever replica. */
  readonly registryPoller: RegistryPoller;
  private readonly hints = new Map<string, HintSource>();
  private readonly duties: { name: string; duty: Duty }[];
  private leaders: Leader[] = [];

  private constructor(
    private readonly options: Parameters<typeof Sources.create>[0],
  ) {
    const { database, publisher, logger, instances } = options;
    const outboxFilled = () => publisher.kick();
    const revisions = new Map<string, RevisionSource>();
    const tracker = DefaultTracker.create({
      database,
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
    });
    this.duties = [
      {
        name: 'registries',
        duty: together(
          this.registryPoller,
          RepositorySearcher.create({
            registry: options.registry,
            database,
            logger,
            outboxFilled,
            repositoriesNamed: () => this.registryPoller.kick(),
          }),
        ),
      },
      ...(options.duties ?? []),
    ];
    for (const client of instances.list()) {
      const source = RevisionSource.create({
        client,
        database,
        tracker,
        logger,
      });
      revisions.set(client.instance, source);
      const imageUpdaters = ImageUpdaterSource.create({
        client,
        database,
        tracker,
        logger,
        outboxFilled,
        updaterIntervalMs: options.updaterIntervalMs,
      });
      const watch = ArgoCdSource.create({
        client,
        createWatch: (of, listener) =>
          options.createWatch(of, imageUpdaters.listening(listener)),
        database,
        tracker,
        logger,
        outboxFilled,
      });
      const hints = HintSource.create({
        instance: client.instance,
        poke: ref => watch.poke(ref),
        database,
        logger,
      });
      this.hints.set(client.instance, hints);
      this.duties.push({
        name: `argocd:${client.instance}`,
        duty: together(
          watch,
          source,
          imageUpdaters,
          hints,
          SyncWindowSource.create({ client, database, tracker, logger }),
        ),
      });
    }
  }

  start(): void {
    const { database, logger, leaseTimes } = this.options;
    const owner = `${hostname()}/${process.pid}/${randomUUID()}`;
    this.leaders = this.duties.map(({ name, duty }) =>
      Leader.start({ name, owner, duty, database, logger, times: leaseTimes }),
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

function together(...duties: Duty[]): Duty {
  return {
    start(fence) {
      duties.forEach(duty => duty.start(fence));
    },
    async stop() {
      await Promise.all(duties.map(duty => duty.stop()));
    },
  };
}
