import { toError, type ErrorLike } from '@backstage/errors';
import { CoalescedTask } from './CoalescedTask';
import { isRefused } from './isRefused';
import { withinTime } from './withinTime';

/** The poll interval for apps without signals and for lost connections. */
export const POLL_MS = 30_000;

/**
 * The poll interval while something moves, when people would notice a lost signal
 * sooner. Also the resolution of all intervals.
 */
export const SHORT_POLL_MS = 5_000;

/** What hasn't moved for this long probably waits for somebody. */
export const MOVING_MS = 5 * 60_000;

/** The longest pause between two failed reads. */
export const MAX_BACKOFF_MS = 5 * 60_000;

/** A hanging read must not prevent the next one. */
export const READ_TIMEOUT_MS = 20_000;

const INITIAL_STATE = { isReading: true, isReadingMore: false };

/**
 * The state of one thing that a page reads.
 *
 * @internal
 */
export interface FreshState<T> {
  /**
   * The result of the last successful read. It stays when a later read fails.
   */
  data?: T;
  /** When `data` was read; ISO 8601. */
  readAt?: string;
  /** Why the latest read failed. */
  error?: ErrorLike;
  isReading: boolean;
  isReadingMore: boolean;
}

/**
 * @internal
 * @param current - returns the data known at the time of the call
 */
export type Read<T> = (
  signal: AbortSignal,
  current: () => T | undefined,
) => Promise<T>;

/** @internal */
export interface LiveReadOptions<T> {
  read: Read<T>;
  /** Adds to the data, for example the next page of a list. */
  readMore?: Read<T>;
  /** Keys of the applications that the data is about. */
  keysOf?(data: T): readonly string[];
  /**
   * When something that is under way last moved; ISO 8601. Shortly after that, the
   * data is polled more often. Undefined: nothing is under way.
   */
  movedAt?(data: T): string | undefined;
  /** Timeout of a whole read; default 20 s. */
  timeoutMs?: number;
  /**
   * The shortest time between two reads because of changes, for data in which
   * something changes all the time.
   */
  minIntervalMs?: number;
}

/**
 * Reads one thing and keeps it fresh while it has subscribers. All subscribers
 * share its reads.
 *
 * @internal
 */
export class LiveRead<T> {
  readonly #options: LiveReadOptions<T>;
  readonly #onActive: (isActive: boolean) => void;
  readonly #listeners = new Set<() => void>();
  #state: FreshState<T> = INITIAL_STATE;
  #task?: CoalescedTask;
  #readingMore = new AbortController();
  #idleMs = 0;
  #startedAt = -Infinity;
  #failures = 0;
  #backoffMs = 0;

  /**
   * @param onActive - called when the first subscriber arrives and when the
   * last one leaves
   */
  constructor(
    options: LiveReadOptions<T>,
    onActive: (isActive: boolean) => void = () => {},
  ) {
    this.#options = options;
    this.#onActive = onActive;
  }

  readonly getState = (): FreshState<T> => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#start();
    }
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) {
        this.#stop();
      }
    };
  };

  /** Undefined while the keys are unknown. */
  keys(): readonly string[] | undefined {
    const { data } = this.#state;
    return data === undefined ? undefined : this.#options.keysOf?.(data);
  }

  /**
   * Requests a read because something changed. After a failed read, the next one
   * waits for its time: refused ones would be refused again, and the others would
   * keep a backend down that can't keep up.
   */
  request({ delayMs }: { delayMs: number }): void {
    if (!this.#state.error) {
      const { minIntervalMs = 0 } = this.#options;
      const dueInMs = this.#startedAt + minIntervalMs - Date.now();
      this.#task?.request({ delayMs: Math.max(delayMs, dueInMs) });
    }
  }

  /** Reads at once, since somebody looks at it. */
  readNow(): void {
    this.#task?.request({ delayMs: 0 });
  }

  /** Reads if it is time to poll. */
  tick(elapsedMs: number): void {
    this.#idleMs += elapsedMs;
    if (this.#idleMs >= this.#pollInterval()) {
      this.readNow();
    }
  }

  readonly readMore = async (): Promise<void> => {
    const { readMore } = this.#options;
    if (!readMore || this.#state.isReadingMore) {
      return;
    }
    const { signal } = this.#readingMore;
    this.#set(signal, { isReadingMore: true });
    try {
      const data = await this.#withinTime(signal, readMore);
      this.#set(signal, { data, error: undefined, isReadingMore: false });
    } catch (error) {
      this.#set(signal, { error: toError(error), isReadingMore: false });
    }
  };

  #start(): void {
    this.#failures = 0;
    this.#readingMore = new AbortController();
    this.#task = new CoalescedTask(signal => this.#read(signal));
    this.#onActive(true);
    this.readNow();
  }

  #stop(): void {
    this.#task?.stop();
    this.#readingMore.abort();
    this.#state = INITIAL_STATE;
    this.#onActive(false);
  }

  async #read(signal: AbortSignal): Promise<void> {
    this.#idleMs = 0;
    this.#startedAt = Date.now();
    this.#set(signal, { isReading: true });
    try {
      const data = await this.#withinTime(signal, this.#options.read);
      this.#failures = 0;
      this.#set(signal, {
        data,
        readAt: new Date().toISOString(),
        error: undefined,
        isReading: false,
      });
    } catch (error) {
      this.#failures += 1;
      this.#backoffMs =
        Math.min(SHORT_POLL_MS * 2 ** this.#failures, MAX_BACKOFF_MS) *
        (0.5 + Math.random() / 2);
      this.#set(signal, { error: toError(error), isReading: false });
    }
  }

  #withinTime(signal: AbortSignal, read: Read<T>): Promise<T> {
    const { timeoutMs = READ_TIMEOUT_MS } = this.#options;
    return withinTime(timeoutMs, signal, limited =>
      read(limited, () => this.#state.data),
    );
  }

  #pollInterval(): number {
    const { data, error } = this.#state;
    if (error) {
      return isRefused(error) ? Infinity : this.#backoffMs;
    }
    const movedAt =
      data === undefined ? undefined : this.#options.movedAt?.(data);
    return movedAt && Date.now() - Date.parse(movedAt) < MOVING_MS
      ? SHORT_POLL_MS
      : POLL_MS;
  }

  #set(signal: AbortSignal, change: Partial<FreshState<T>>): void {
    if (!signal.aborted) {
      this.#state = { ...this.#state, ...change };
      this.#listeners.forEach(listener => listener());
    }
  }
}
