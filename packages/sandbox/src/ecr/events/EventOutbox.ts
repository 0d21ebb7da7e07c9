import type { PartLogger } from '../../part';
import { EventFaults } from './EventFaults';
import type { EcrEvent } from './imageEvents';

/**
 * EventBridge's limits for an API destination: 185 attempts of 5 seconds each.
 */
const MAX_ATTEMPTS = 185;
const TIMEOUT_MS = 5_000;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;

/** Why an event wasn't delivered. */
interface Failure {
  retry: boolean;
  reason: string;
}

/**
 * Sends events like an EventBridge API destination: POSTs the event's JSON, and
 * retries with increasing delays on 401, 407, 409, 429, 5xx and broken
 * connections. Callers never wait for it. Pending events are lost when the
 * process ends.
 */
export class EventOutbox {
  readonly #timers = new Set<NodeJS.Timeout>();
  #sending: Promise<void> = Promise.resolve();
  #abort = new AbortController();
  /** Faults injected on request. */
  readonly faults = new EventFaults(event => this.#enqueue(event, 1));

  constructor(
    private readonly options: {
      destination?: { url: string; headers: Record<string, string> };
      logger: PartLogger;
    },
  ) {}

  /** Stops sending, without waiting for retries. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#timers.clear();
    await this.#sending;
  }

  /** Sends an event as soon as possible. Does nothing without a destination. */
  add(event: EcrEvent): void {
    if (this.options.destination && !this.faults.take(event)) {
      this.#enqueue(event, 1);
    }
  }

  #enqueue(event: EcrEvent, attempt: number): void {
    this.#sending = this.#sending.then(() => this.#attempt(event, attempt));
  }

  async #attempt(event: EcrEvent, attempt: number): Promise<void> {
    const { destination, logger } = this.options;
    const failure = destination && (await this.#post(event, destination));
    if (!failure || this.#abort.signal.aborted) {
      return;
    }
    const what = `event ${event.id} (${event['detail-type']})`;
    if (!failure.retry || attempt >= MAX_ATTEMPTS) {
      logger.warn(`gave up ${what} after ${attempt} tries: ${failure.reason}`);
      return;
    }
    if (attempt === 1) {
      logger.warn(`will retry ${what}: ${failure.reason}`);
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#enqueue(event, attempt + 1);
    }, Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)));
    timer.unref();
    this.#timers.add(timer);
  }

  async #post(
    event: EcrEvent,
    destination: { url: string; headers: Record<string, string> },
  ): Promise<Failure | undefined> {
    const { url } = destination;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'User-Agent': 'Amazon/EventBridge/ApiDestinations',
          Range: 'bytes=0-1048575',
          ...destination.headers,
        },
        body: JSON.stringify(event),
        redirect: 'manual',
        signal: AbortSignal.any([
          this.#abort.signal,
          AbortSignal.timeout(TIMEOUT_MS),
        ]),
      });
      await response.body?.cancel();
      const { ok, status } = response;
      return ok
        ? undefined
        : {
            retry: [401, 407, 409, 429].includes(status) || status >= 500,
            reason: `${url} answered ${status}`,
          };
    } catch (error) {
      return {
        retry: true,
        reason: `${url} can't be reached (${reasonOf(error)})`,
      };
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause instanceof Error ? error.cause.message : error.message;
}
