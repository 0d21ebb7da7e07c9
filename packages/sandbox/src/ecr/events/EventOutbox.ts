import type { PartLogger } from '../../part';
import type { EcrEvent } from './imageEvents';

/** EventBridge's timeout for an API destination. */
const TIMEOUT_MS = 5_000;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;

/**
 * Sends events like an EventBridge API destination: POSTs the event's JSON, and
 * retries with increasing delays on 401, 407, 409, 429, 5xx and broken
 * connections. Callers never wait for it. Pending events are lost when the
 * process ends.
 */
export class EventOutbox {
  #sending: Promise<void> = Promise.resolve();
  #abort = new AbortController();

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
    if (this.options.destination) {
      this.#enqueue(event);
    }
  }

  #enqueue(event: EcrEvent, delayMs = FIRST_DELAY_MS): void {
    this.#sending = this.#sending.then(async () => {
      const { signal } = this.#abort;
      const problem = signal.aborted ? undefined : await this.#post(event);
      if (!problem || signal.aborted) {
        return;
      }
      const { reason, canRetry } = problem;
      this.options.logger.warn(
        `${canRetry ? 'will retry' : 'gave up'} event ${event.id}: ${reason}`,
      );
      if (canRetry) {
        const next = Math.min(MAX_DELAY_MS, delayMs * 2);
        setTimeout(() => this.#enqueue(event, next), delayMs).unref();
      }
    });
  }

  /** Resolves to why an event wasn't delivered. */
  async #post(
    event: EcrEvent,
  ): Promise<{ reason: string; canRetry: boolean } | undefined> {
    const { url = '', headers } = this.options.destination ?? {};
    try {
      const { ok, status, body } = await fetch(url, {
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
      });
      await body?.cancel();
      const canRetry = [401, 407, 409, 429].includes(status) || status >= 500;
      return ok ? undefined : { reason: `${url} answered ${status}`, canRetry };
    } catch (error) {
      return { reason: `${url} can't be reached (${error})`, canRetry: true };
    }
  }
}
