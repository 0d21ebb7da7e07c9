import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TracingService } from '@backstage/backend-plugin-api/alpha';
import {
  type ApplicationRef,
  instanceTopic,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ApplicationWatch,
  ApplicationWatchListener,
  ApplicationWatchStatus,
  ArgoCdClient,
} from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { saveInstance } from '../store/operations/instances';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import type { Fence } from '../store/fence';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { ApplicationObservation } from '../tracker/applicationObservations';
import type { Tracker } from '../tracker/types';
import { type ApplicationListener, fanOut } from './ApplicationListener';
import { ChangeQueue } from './ArgoCdSourceChanges';
import {
  storeChanges,
  storeList,
  type StoringOptions,
} from './ArgoCdSourceStoring';
import { InstanceProblems } from './InstanceProblems';
import type { LeaderTask } from '../leadership/LeaderElection';
import { DEFAULT_CONFIRM_MS, ListConfirmation } from './ListConfirmation';
import { Loop } from '../leadership/Loop';

/** How often the time of the last message from Argo CD is saved, in milliseconds. */
const SAVE_STATUS_EVERY_MS = 3000;

/** @internal */
export type WatchFactory = (
  client: ArgoCdClient,
  listener: ApplicationWatchListener,
) => ApplicationWatch;

/** @internal */
export interface ArgoCdSourceOptions {
  client: ArgoCdClient;
  createWatch: WatchFactory;
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  signalsAdded: () => void;
  metrics?: DeliveryMetrics;
  tracing?: TracingService;
  /** Notified after what the watch read is stored. */
  listeners?: ApplicationListener[];
  /**
   * Milliseconds until a list that lacks many applications may be confirmed;
   * default a minute.
   */
  confirmMs?: number;
}

/**
 * Watches the applications of one Argo CD instance: the leader task of the
 * instance's lease.
 *
 * @internal
 */
export class ArgoCdSource implements LeaderTask {
  static create(options: ArgoCdSourceOptions): ArgoCdSource {
    return new ArgoCdSource(options);
  }

  private running?: {
    watch: ApplicationWatch;
    statusLoop: Loop;
    changes: ChangeQueue<ApplicationObservation>;
  };
  private problems = new InstanceProblems();
  private written?: string;
  private confirming?: NodeJS.Timeout;

  private constructor(private readonly options: ArgoCdSourceOptions) {}

  start(fence: Fence): void {
    const { client, createWatch, logger, metrics } = this.options;
    this.problems = new InstanceProblems();
    this.written = undefined;
    const changes = this.changeQueue(fence);
    const watch = createWatch(client, this.listener(fence, changes));
    let savedReceivedAt: string | undefined;
    const statusLoop = Loop.start({
      name: `Storing the state of Argo CD '${client.instance}'`,
      logger,
      task: 'instance-state',
      metrics,
      delay: () => SAVE_STATUS_EVERY_MS,
      run: async ({ abandoned }) => {
        const status = watch.status();
        if (
          status.lastReceivedAt &&
          status.lastReceivedAt !== savedReceivedAt
        ) {
          await this.saveStatus(status, { fence: { ...fence, abandoned } });
          savedReceivedAt = status.lastReceivedAt;
        }
      },
    });
    this.running = { watch, statusLoop, changes };
    watch.start();
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    clearTimeout(this.confirming);
    await running?.watch.stop();
    await running?.changes.settled();
    await running?.statusLoop.stop();
  }

  /**
   * Reads an application again soon. Nothing is lost if that isn't possible: all
   * applications are read when the instance reconnects or another replica watches
   * it.
   */
  requestRefresh(ref: ApplicationRef): void {
    this.running?.watch.requestRefresh(ref);
  }

  private listener(
    fence: Fence,
    changes: ChangeQueue<ApplicationObservation>,
  ): ApplicationWatchListener {
    const {
      client,
      database,
      signalsAdded,
      metrics,
      listeners = [],
      confirmMs = DEFAULT_CONFIRM_MS,
    } = this.options;
    const confirmation = ListConfirmation.create({
      client,
      database,
      confirmMs,
    });
    let state: ApplicationWatchStatus['state'] | undefined;
    return {
      onList: async (applications, seenAt, unread, unreadProjects) => {
        await changes.drained();
        const { held, error, isPending } = await confirmation.judge({
          applications,
          unread,
          unreadProjects,
          seenAt,
        });
        this.problems.unconfirmed = error;
        clearTimeout(this.confirming);
        if (isPending) {
          this.confirming = setTimeout(
            () => this.running?.watch.relist(),
            confirmMs,
          ).unref();
        }
        const assumed = [...unread, ...held];
        await storeList(
          this.storing(),
          { applications, seenAt, unread: assumed },
          fence,
        );
        await fanOut(listeners).onList(applications, seenAt, assumed);
        await this.saveProblems(fence);
      },
      onChanged: async (application, seenAt) => {
        metrics?.eventReceived('argocd', client.instance);
        await changes.add({
          kind: 'application-observed',
          application,
          seenAt,
        });
      },
      onDeleted: async (ref, seenAt) => {
        metrics?.eventReceived('argocd', client.instance);
        await changes.add({ kind: 'application-gone', ref, seenAt });
      },
      onState: async status => {
        if (status.state === 'unreachable' && state !== status.state) {
          metrics?.becameUnreachable(client.instance);
        }
        if (status.state === 'live' && state !== status.state) {
          metrics?.becameLive(client.instance);
        }
        state = status.state;
        await this.saveStatus(status, { fence, signal: true });
        signalsAdded();
      },
    };
  }

  /**
   * Stores the events of the stream. If that fails, a list restores what is lost:
   * the watch is notified by it.
   */
  private changeQueue(fence: Fence): ChangeQueue<ApplicationObservation> {
    const { listeners = [] } = this.options;
    const notified = fanOut(listeners);
    return ChangeQueue.create({
      store: async changes => {
        await storeChanges(this.storing(), changes, fence);
        for (const change of changes) {
          await (change.kind === 'application-gone'
            ? notified.onDeleted(change.ref, change.seenAt)
            : notified.onChanged(change.application, change.seenAt));
        }
        await this.saveProblems(fence);
      },
      onFailed: () => this.running?.watch.relist(),
    });
  }

  private storing(): StoringOptions {
    const { client, ...options } = this.options;
    return { ...options, instance: client.instance, problems: this.problems };
  }

  private async saveProblems(fence: Fence): Promise<void> {
    const { client, logger, signalsAdded } = this.options;
    const status = this.running?.watch.status();
    const text = this.problems.textWith(undefined);
    if (!status || text === this.written) {
      return;
    }
    if (text) {
      logger.warn(
        `Some data of Argo CD '${client.instance}' couldn't be stored: ${text}`,
      );
    }
    await this.saveStatus(status, { fence, signal: true });
    this.written = text;
    signalsAdded();
  }

  private async saveStatus(
    status: ApplicationWatchStatus,
    { fence, signal = false }: { fence: Fence; signal?: boolean },
  ): Promise<void> {
    const name = this.options.client.instance;
    await this.options.database.transaction(async tx => {
      await saveInstance(tx, {
        name,
        ...status,
        error: this.problems.textWith(status.error),
        errorCode: status.errorCode ?? this.problems.code,
      });
      if (signal) {
        await addToSignalOutbox(tx, {
          keys: [],
          appeared: false,
          instances: true,
          topics: [instanceTopic(name)],
        });
      }
    }, fence);
  }
}
