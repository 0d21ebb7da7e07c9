import { ResponseError, toError, type ErrorLike } from '@backstage/errors';
import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { MAX_BACKOFF_MS, SHORT_POLL_MS } from '../live/LiveRead';
import { withinTime } from '../live/withinTime';

/** Longer than the backend waits for Argo CD or a Git host. */
const TIMEOUT_MS = 60_000;

/** Statuses of proxies that don't say whether the backend got the request. */
const NO_ANSWER = [408, 502, 504];

/**
 * `lost`: no answer came, so nobody knows yet whether the action was started. It is
 * sent again by itself, with the same key.
 *
 * @internal
 */
export type AttemptState =
  | { phase: 'idle' | 'sending' }
  | { phase: 'lost' | 'refused'; error: ErrorLike }
  | { phase: 'started'; records: ActionRecord[] };

/** Sends the request. @internal */
export type Send = (
  idempotencyKey: string,
  signal: AbortSignal,
) => Promise<ActionRecord[]>;

/**
 * One attempt of a person to do something. It keeps its idempotency key until the
 * backend refuses the request, so that it is done once, however often it is sent.
 *
 * @internal
 */
export class Attempt {
  readonly #listeners = new Set<() => void>();
  #state: AttemptState = { phase: 'idle' };
  #key = newKey();
  #send?: Send;
  #abort = new AbortController();
  #failures = 0;
  #isFinished = false;
  #timer?: ReturnType<typeof setTimeout>;

  readonly getState = (): AttemptState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Does nothing while a request is under way. */
  readonly start = (send: Send): void => {
    const { phase } = this.#state;
    if (phase === 'idle' || phase === 'refused') {
      this.#send = send;
      this.#run();
    }
  };

  /** Sends the same request again, such as after no answer came. */
  readonly retry = (): void => {
    const { phase } = this.#state;
    if (phase === 'lost' || phase === 'refused') {
      this.#run();
    }
  };

  /** Ready for another request. A request under way isn't reset. */
  readonly reset = (): void => {
    const { phase } = this.#state;
    if (phase === 'refused' || phase === 'started') {
      this.#key = newKey();
      this.#set({ phase: 'idle' });
    }
  };

  /** Sends nothing any more. What the backend got goes on there. */
  readonly stop = (): void => {
    this.#waitNoLonger();
    this.#abort.abort();
  };

  /** Finishes what is under way, as somebody confirmed it, and sends nothing after it. */
  readonly finish = (): void => {
    this.#isFinished = true;
    this.#waitNoLonger();
  };

  async #run(): Promise<void> {
    this.#waitNoLonger();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#set({ phase: 'sending' });
    try {
      const records = await withinTime(TIMEOUT_MS, signal, limited =>
        this.#send ? this.#send(this.#key, limited) : Promise.resolve([]),
      );
      this.#failures = 0;
      this.#set({ phase: 'started', records });
    } catch (cause) {
      if (!signal.aborted) {
        this.#onError(toError(cause));
      }
    }
  }

  #onError(error: ErrorLike): void {
    if (isLost(error)) {
      this.#failures += 1;
      this.#set({ phase: 'lost', error });
      if (this.#isFinished) {
        return;
      }
      window.addEventListener('online', this.retry);
      this.#timer = setTimeout(this.retry, this.#pauseMs());
      return;
    }
    this.#failures = 0;
    // A server that failed may have started it. Only what it refused may get
    // another key.
    if (error instanceof ResponseError && error.statusCode < 500) {
      this.#key = newKey();
    }
    this.#set({ phase: 'refused', error });
  }

  #pauseMs(): number {
    return Math.min(SHORT_POLL_MS * 2 ** (this.#failures - 1), MAX_BACKOFF_MS);
  }

  #waitNoLonger(): void {
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.retry);
  }

  #set(state: AttemptState): void {
    this.#state = state;
    this.#listeners.forEach(listener => listener());
  }
}

function isLost(error: ErrorLike): boolean {
  return error instanceof ResponseError
    ? NO_ANSWER.includes(error.statusCode)
    : true;
}

/**
 * `crypto.randomUUID` only exists on pages served over HTTPS or from localhost.
 */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
