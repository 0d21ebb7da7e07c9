import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
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
import type { Tracker } from '../tracker/types';
import { type ApplicationListener, fanOut } from './ApplicationListener';
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

  private running?: { watch: ApplicationWatch; statusLoop: Loop };
  private problems = new InstanceProblems();
  private written?: string;
  private confirming?: NodeJS.Timeout;

  private constructor(private readonly options: ArgoCdSourceOptions) {}

  start(fence: Fence): void {
    const { client, createWatch, logger, metrics } = this.options;
    this.problems = new InstanceProblems();
    this.written = undefined;
    const watch = createWatch(client, this.listener(fence));
    let savedHeardAt: string | undefined;
    const statusLoop = Loop.start({
      name: `Storing the state of Argo CD '${client.instance}'`,
      logger,
      task: 'instance-state',
      metrics,
      delay: () => SAVE_STATUS_EVERY_MS,
      run: async ({ abandoned }) => {
        const status = watch.status();
        if (status.lastHeardAt && status.lastHeardAt !== savedHeardAt) {
          await this.saveStatus(status, { fence: { ...fence, abandoned } });
          savedHeardAt = status.lastHeardAt;
        }
      },
    });
    this.running = { watch, statusLoop };
    watch.start();
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    clearTimeout(this.confirming);
    await running?.watch.stop();
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

  private listener(fence: Fence): ApplicationWatchListener {
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
    const stored = fanOut([this.storing(fence), ...listeners]);
    let state: ApplicationWatchStatus['state'] | undefined;
    return {
      onList: async (applications, seenAt, unread, unreadProjects) => {
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
        await stored.onList(applications, seenAt, [...unread, ...held]);
        await this.saveProblems(fence);
      },
      onChanged: async (...args) => {
        await stored.onChanged(...args);
        await this.saveProblems(fence);
      },
      onDeleted: async (...args) => {
        await stored.onDeleted(...args);
        await this.saveProblems(fence);
      },
      onState: async status => {
        if (status.state === 'unreachable' && state !== status.state) {
          metrics?.becameUnreachable(client.instance);
        }
        state = status.state;
        await this.saveStatus(status, { fence, signal: true });
        signalsAdded();
      },
    };
  }

  /**
   * Stores what the watch reads. What can't be stored is noted and doesn't block
   * the rest.
   */
  private storing(fence: Fence): ApplicationListener {
    const { client, tracker, metrics } = this.options;
    const { instance } = client;
    const measureLag = (seenAt: string) =>
      metrics?.observed(instance, (Date.now() - Date.parse(seenAt)) / 1000);
    return {
      onList: async (applications, seenAt, unread) => {
        const begunAt = performance.now();
        const list = { instance, applications, unread, seenAt };
        this.problems.replaceSetAside(await tracker.observeList(list, fence));
        metrics?.listStored(
          instance,
          applications.length,
          (performance.now() - begunAt) / 1000,
        );
      },
      onChanged: async (application, seenAt) => {
        const setAside = await tracker.observeApplication(
          { kind: 'application-observed', application, seenAt },
          fence,
        );
        this.problems.noteObserved(application.ref, setAside);
        measureLag(seenAt);
      },
      onDeleted: async (ref, seenAt) => {
        const setAside = await tracker.observeApplication(
          { kind: 'application-gone', ref, seenAt },
          fence,
        );
        this.problems.noteObserved(ref, setAside);
        measureLag(seenAt);
      },
    };
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
        });
      }
    }, fence);
  }
}
