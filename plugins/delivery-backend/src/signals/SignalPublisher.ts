import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TracingService } from '@backstage/backend-plugin-api/alpha';
import {
  DELIVERY_CHANNEL,
  type DeliverySignal,
} from '@landfall/backstage-plugin-delivery-common';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { Loop } from '../leadership/Loop';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  readSignalOutbox,
  removeFromSignalOutbox,
} from '../store/operations/signalOutbox';
import { chunked } from '../store/operations/chunked';
import { isoIn } from '../store/time';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { traced } from '../telemetry/traced';

const SWEEP_MS = 5000;
/** An entry this old was left behind by a replica that died. */
const LEFT_BEHIND_MS = 5000;
/** Signals of one burst are merged for this long. */
const GATHER_MS = 50;
const BATCH = 500;
const KEYS_PER_SIGNAL = 500;

/** @internal */
export interface SignalPublisherOptions {
  database: DeliveryDatabase;
  signals: SignalsService;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
  tracing?: TracingService;
}

/**
 * Publishes the signal outbox to open pages. Each entry is published at least
 * once, because it is deleted only afterwards. If a process dies, another replica
 * publishes the entries it left behind, or the same one does after a restart.
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
    const { database, signals, tracing } = this.options;
    const { knex } = database;
    const signalKeys = await database.signalKeys();
    const before = this.fresh ? undefined : isoIn(-LEFT_BEHIND_MS);
    this.fresh = false;
    for (;;) {
      const entries = await readSignalOutbox(knex, { limit: BATCH, before });
      if (entries.length === 0) {
        return;
      }
      const messages = merge(entries.map(entry => entry.signal));
      await traced(tracing, 'publish', { count: messages.length }, async () => {
        for (const message of messages) {
          await signals.publish({
            recipients: { type: 'broadcast' },
            channel: DELIVERY_CHANNEL,
            message: {
              ...message,
              keys: message.keys.map(key => signalKeys.of(key)),
            },
          });
        }
      });
      await removeFromSignalOutbox(
        knex,
        entries.map(entry => entry.id),
      );
    }
  }
}

function merge(signals: DeliverySignal[]): DeliverySignal[] {
  const keys = [...new Set(signals.flatMap(signal => signal.keys))];
  const appeared = signals.some(signal => signal.appeared);
  const instances = signals.some(signal => signal.instances);
  const parts = chunked(keys, KEYS_PER_SIGNAL);
  return (parts.length > 0 ? parts : [[]]).map((part, index) => ({
    keys: part,
    appeared: appeared && index === 0,
    instances: instances && index === 0,
  }));
}
