import pLimit from 'p-limit';
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
  /** Events are sent in order; those that failed don't delay the others. */
  readonly #limit = pLimit(1);
  readonly #abort = new AbortController();

  constructor(
    private readonly options: {
      destination?: { url: string; headers: Record<string, string> };
      logger: PartLogger;
    },
  ) {}

  /** Stops sending, without waiting for retries. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#limit(() => {});
  }

  /** Sends an event as soon as possible. Does nothing without a destination. */
  async add(event: EcrEvent, delayMs = FIRST_DELAY_MS): Promise<void> {
    const problem = await this.#limit(() => this.#post(event));
    if (!problem || this.#abort.signal.aborted) {
      return;
    }
    const { reason, canRetry } = problem;
    this.options.logger.warn(
      `${canRetry ? 'will retry' : 'gave up'} event ${event.id}: ${reason}`,
    );
    if (canRetry) {
      const next = Math.min(MAX_DELAY_MS, delayMs * 2);
      setTimeout(() => this.add(event, next), delayMs).unref();
    }
  }

  /** Resolves to why an event wasn't delivered. */
  async #post(
    event: EcrEvent,
  ): Promise<{ reason: string; canRetry: boolean } | undefined> {
    const { url, headers } = this.options.destination ?? {};
    if (!url || this.#abort.signal.aborted) {
      return undefined;
    }
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
