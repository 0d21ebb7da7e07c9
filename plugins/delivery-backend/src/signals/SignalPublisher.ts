import type { LoggerService } from '@backstage/backend-plugin-api';
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

const SWEEP_MS = 5000;
/** An entry of this age was left behind by a replica that died. */
const LEFT_BEHIND_MS = 5000;
/** Signals of one burst are put together. */
const GATHER_MS = 50;
const BATCH = 500;
const KEYS_PER_SIGNAL = 500;

/**
 * Tells open pages what the outbox holds, at least once: an entry is deleted
 * when it is told. What a process that died left behind is told by another, or
 * after the restart.
 *
 * @internal
 */
export class SignalPublisher {
  static start(options: {
    database: DeliveryDatabase;
    signals: SignalsService;
    logger: LoggerService;
    metrics?: DeliveryMetrics;
  }): SignalPublisher {
    return new SignalPublisher(options);
  }

  private readonly loop: Loop;
  private fresh = true;

  private constructor(
    private readonly options: Parameters<typeof SignalPublisher.start>[0],
  ) {
    this.loop = Loop.start({
      name: 'Telling pages of changes',
      logger: options.logger,
      task: 'signals',
      metrics: options.metrics,
      delay: () => SWEEP_MS,
      run: async ({ signal }) => {
        await this.publish();
        // The first change of a burst is told at once, the others together.
        if (!signal.aborted) {
          await new Promise(resolve => setTimeout(resolve, GATHER_MS));
        }
      },
    });
  }

  /** This process committed something to the outbox. */
  trigger(): void {
    this.fresh = true;
    this.loop.trigger();
  }

  /** Resolves when what was committed before is told, or can't be for now. */
  async stop(): Promise<void> {
    await this.loop.stop();
    try {
      await this.publish();
    } catch (error) {
      this.options.logger.warn(
        `Pages will be told of the last changes after the next start: ${error}`,
      );
    }
  }

  private async publish(): Promise<void> {
    const { database, signals } = this.options;
    const { knex } = database;
    const signalKeys = await database.signalKeys();
    const before = this.fresh ? undefined : isoIn(-LEFT_BEHIND_MS);
    this.fresh = false;
    for (;;) {
      const entries = await readSignalOutbox(knex, { limit: BATCH, before });
      if (entries.length === 0) {
        return;
      }
      for (const message of merge(entries.map(entry => entry.signal))) {
        await signals.publish({
          recipients: { type: 'broadcast' },
          channel: DELIVERY_CHANNEL,
          message: {
            ...message,
            keys: message.keys.map(key => signalKeys.of(key)),
          },
        });
      }
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
