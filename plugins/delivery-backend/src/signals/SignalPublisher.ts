import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TracingService } from '@backstage/backend-plugin-api/alpha';
import {
  DELIVERY_CHANNEL,
  type DeliverySignal,
} from '@landfall/backstage-plugin-delivery-common';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { Loop } from '../leadership/Loop';
import type { Knex } from 'knex';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { SignalKeys } from '../store/SignalKeys';
import {
  readSignalOutbox,
  removeFromSignalOutbox,
} from '../store/operations/signalOutbox';
import { isoIn } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { traced } from '../telemetry/traced';
import { isPostgres } from '../store/isPostgres';

const SWEEP_MS = 5000;
/** An entry this old was left behind by a replica that died. */
const LEFT_BEHIND_MS = 5000;
/** Signals of one burst are merged for this long. */
const GATHER_MS = 250;
const BATCH = 500;
/** With more keys or topics, a signal is for all pages. */
const MAX_KEYS = 500;

/** @internal */
export interface SignalPublisherOptions {
  database: DeliveryDatabase;
  signals: SignalsService;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
  tracing?: TracingService;
}

/**
 * Publishes the signal outbox to open pages: one message for all changes of a burst,
 * since each goes to every open page. Each entry is published at least once, because
 * it is deleted only afterwards. If a process dies, another replica publishes the
 * entries it left behind, or the same one does after a restart.
 *
 * @internal
 */
export class SignalPublisher {
  static start(options: SignalPublisherOptions): SignalPublisher {
    return new SignalPublisher(options);
  }

  private readonly loop: Loop;
  private fresh = true;

  private constructor(private readonly options: SignalPublisherOptions) {
    this.loop = Loop.start({
      name: 'Publishing signals',
      logger: options.logger,
      task: 'signals',
      metrics: options.metrics,
      delay: () => SWEEP_MS,
      run: async ({ signal }) => {
        await this.publish();
        // Publish the first change of a burst at once, and the others together.
        if (!signal.aborted) {
          await new Promise(resolve => setTimeout(resolve, GATHER_MS));
        }
      },
    });
  }

  /** This process added to the signal outbox. */
  trigger(): void {
    this.fresh = true;
    this.loop.trigger();
  }

  /**
   * Resolves when all pending signals are published or publishing them has
   * failed.
   */
  async stop(): Promise<void> {
    await this.loop.stop();
    try {
      await this.publish();
    } catch (error) {
      this.options.logger.warn(
        `Couldn't publish the pending signals. They will be published after the next start: ${error}`,
      );
    }
  }

  private async publish(): Promise<void> {
    const { database } = this.options;
    const signalKeys = await database.signalKeys();
    const before = this.fresh ? undefined : isoIn(-LEFT_BEHIND_MS);
    this.fresh = false;
    const publish = (knex: Knex) =>
      this.publishBatch(knex, { signalKeys, before });
    let published: number;
    do {
      // On SQLite, a transaction would keep its only connection from everybody.
      published = await (isPostgres(database.knex)
        ? database.transaction(publish)
        : publish(database.knex));
    } while (published === BATCH);
  }

  /** Resolves with how many entries were published. */
  private async publishBatch(
    knex: Knex,
    options: { signalKeys: SignalKeys; before?: string },
  ): Promise<number> {
    const { signalKeys, before } = options;
    const { signals, tracing } = this.options;
    const entries = await readSignalOutbox(knex, { limit: BATCH, before });
    if (entries.length > 0) {
      const signal = merge(entries.map(entry => entry.signal));
      await traced(tracing, 'publish', { count: entries.length }, () =>
        signals.publish({
          recipients: { type: 'broadcast' },
          channel: DELIVERY_CHANNEL,
          message: {
            ...signal,
            keys: signal.keys.map(key => signalKeys.of(key)),
            ...(signal.topics && {
              topics: signal.topics.map(topic => signalKeys.of(topic)),
            }),
          },
        }),
      );
      await removeFromSignalOutbox(
        knex,
        entries.map(entry => entry.id),
      );
    }
    return entries.length;
  }
}

function merge(signals: DeliverySignal[]): DeliverySignal {
  const keys = [...new Set(signals.flatMap(signal => signal.keys))];
  const isForAll = keys.length > MAX_KEYS;
  const topics = isForAll ? undefined : topicsOf(signals);
  return {
    keys: isForAll ? [] : keys,
    appeared: isForAll || signals.some(signal => signal.appeared),
    instances: signals.some(signal => signal.instances),
    ...(topics && { topics }),
  };
}

/** Undefined if one of the signals is for all pages, or none is for more than its keys. */
function topicsOf(signals: DeliverySignal[]): string[] | undefined {
  const broad = signals.filter(
    ({ appeared, instances }) => appeared || instances,
  );
  const topics = new Set<string>();
  for (const signal of broad) {
    if (!signal.topics) {
      return undefined;
    }
    signal.topics.forEach(topic => topics.add(topic));
  }
  return broad.length > 0 && topics.size <= MAX_KEYS ? [...topics] : undefined;
}
