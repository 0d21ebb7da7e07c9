import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type {
  ApplicationWatch,
  ApplicationWatchListener,
  ApplicationWatchStatus,
  ArgoCdClient,
} from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { saveInstance } from '../store/operations/instances/instances';
import { addToOutbox } from '../store/operations/outbox/outbox';
import type { Fence } from '../store/fence';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import type { Duty } from './Leader';
import { Loop } from './Loop';

/** How often the time of the last word is written, in milliseconds. */
const HEARD_EVERY_MS = 3000;

/** @internal */
export type WatchFactory = (
  client: ArgoCdClient,
  listener: ApplicationWatchListener,
) => ApplicationWatch;

/**
 * Watches the applications of one Argo CD instance: the duty of the replica
 * that holds the instance's lease.
 *
 * @internal
 */
export class ArgoCdSource implements Duty {
  static create(options: {
    client: ArgoCdClient;
    createWatch: WatchFactory;
    database: DeliveryDatabase;
    tracker: Tracker;
    logger: LoggerService;
    outboxFilled: () => void;
    metrics?: DeliveryMetrics;
  }): ArgoCdSource {
    return new ArgoCdSource(options);
  }

  private running?: { watch: ApplicationWatch; heard: Loop };

  private constructor(
    private readonly options: Parameters<typeof ArgoCdSource.create>[0],
  ) {}

  start(fence: Fence): void {
    const { client, createWatch, logger, metrics } = this.options;
    const watch = createWatch(client, this.listener(fence));
    let written: string | undefined;
    const heard = Loop.start({
      name: `Writing the state of Argo CD '${client.instance}'`,
      logger,
      task: 'instance-state',
      metrics,
      delay: () => HEARD_EVERY_MS,
      run: async ({ abandoned }) => {
        const status = watch.status();
        if (status.lastHeardAt && status.lastHeardAt !== written) {
          await this.saveStatus(status, { fence: { ...fence, abandoned } });
          written = status.lastHeardAt;
        }
      },
    });
    this.running = { watch, heard };
    watch.start();
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.watch.stop();
    await running?.heard.stop();
  }

  /**
   * Reads an application again soon. Nothing is lost if it can't: when the
   * instance is connected again, or watched by another replica, all are read.
   */
  poke(ref: ApplicationRef): void {
    this.running?.watch.poke(ref);
  }

  private listener(fence: Fence): ApplicationWatchListener {
    const { client, tracker, outboxFilled, metrics } = this.options;
    const { instance } = client;
    let state: ApplicationWatchStatus['state'] | undefined;
    const measureLag = (seenAt: string) =>
      metrics?.observed(instance, (Date.now() - Date.parse(seenAt)) / 1000);
    return {
      onList: async (applications, seenAt, unread) => {
        const begunAt = performance.now();
        await tracker.observeList(
          { instance, applications, unread, seenAt },
          fence,
        );
        metrics?.listStored(
          instance,
          applications.length,
          (performance.now() - begunAt) / 1000,
        );
      },
      onChanged: async (application, seenAt) => {
        await tracker.observeApplication(
          { kind: 'application-observed', application, seenAt },
          fence,
        );
        measureLag(seenAt);
      },
      onDeleted: async (ref, seenAt) => {
        await tracker.observeApplication(
          { kind: 'application-gone', ref, seenAt },
          fence,
        );
        measureLag(seenAt);
      },
      onState: async status => {
        if (status.state === 'unreachable' && state !== status.state) {
          metrics?.becameUnreachable(instance);
        }
        state = status.state;
        await this.saveStatus(status, { fence, tell: true });
        outboxFilled();
      },
    };
  }

  private async saveStatus(
    status: ApplicationWatchStatus,
    { fence, tell = false }: { fence: Fence; tell?: boolean },
  ): Promise<void> {
    const name = this.options.client.instance;
    await this.options.database.transaction(async tx => {
      await saveInstance(tx, { name, ...status });
      if (tell) {
        await addToOutbox(tx, { keys: [], appeared: false, instances: true });
      }
    }, fence);
  }
}
