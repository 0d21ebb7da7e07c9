import type { PartLogger } from '../../part';
import { EventFaults } from './EventFaults';
import type { EcrEvent } from './imageEvents';

/** EventBridge's timeout for an API destination. */
const TIMEOUT_MS = 5_000;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;

/** An attempt to deliver an event failed. */
class DeliveryError extends Error {
  constructor(message: string, readonly canRetry: boolean) {
    super(message);
  }
}

/**
 * Sends events like an EventBridge API destination: POSTs the event's JSON, and
 * retries with increasing delays on 401, 407, 409, 429, 5xx and broken
 * connections. Callers never wait for it. Pending events are lost when the
 * process ends.
 */
export class EventOutbox {
  #sending: Promise<void> = Promise.resolve();
  #abort = new AbortController();
  /** Faults injected on request. */
  readonly faults = new EventFaults(event => this.#enqueue(event));

  constructor(
    private readonly options: {
      destination?: { url: string; headers: Record<string, string> };
      logger: PartLogger;
    },
  ) {}

  /** Stops sending, without waiting for retries. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#sending;
  }

  /** Sends an event as soon as possible. Does nothing without a destination. */
  add(event: EcrEvent): void {
    if (this.options.destination && !this.faults.take(event)) {
      this.#enqueue(event);
    }
  }

  #enqueue(event: EcrEvent, delayMs = FIRST_DELAY_MS): void {
    this.#sending = this.#sending.then(async () => {
      const { logger } = this.options;
      const { signal } = this.#abort;
      try {
        if (!signal.aborted) {
          await this.#post(event);
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        const canRetry = error instanceof DeliveryError && error.canRetry;
        logger.warn(
          `${canRetry ? 'will retry' : 'gave up'} event ${event.id}: ${error}`,
        );
        if (canRetry) {
          const next = Math.min(MAX_DELAY_MS, delayMs * 2);
          setTimeout(() => this.#enqueue(event, next), delayMs).unref();
        }
      }
    });
  }

  async #post(event: EcrEvent): Promise<void> {
    const { url = '', headers } = this.options.destination ?? {};
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'Amazon/EventBridge/ApiDestinations',
        Range: 'bytes=0-1048575',
        ...headers,
      },
      body: JSON.stringify(event),
      redirect: 'manual',
      signal: AbortSignal.any([
        this.#abort.signal,
        AbortSignal.timeout(TIMEOUT_MS),
      ]),
    }).catch(error => {
      throw new DeliveryError(`${url} can't be reached (${error})`, true);
    });
    await response.body?.cancel();
    const { ok, status } = response;
    if (!ok) {
      throw new DeliveryError(
        `${url} answered ${status}`,
        [401, 407, 409, 429].includes(status) || status >= 500,
      );
    }
  }
}
