import { toError, type ErrorLike } from '@backstage/errors';
import { CoalescedTask } from './CoalescedTask';
import { isRefused } from './isRefused';
import { withinTime } from './withinTime';

/**
 * Signals of one change arrive together. This delay gathers them and is too
 * short to notice.
 */
export const GATHER_MS = 50;

/** The poll interval for apps without signals and for lost connections. */
export const POLL_MS = 30_000;

/**
 * The poll interval while something is under way or after a failed read, when
 * people would notice a lost signal sooner.
 */
export const SHORT_POLL_MS = 5_000;

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
  /** Whether the data is about to change and should be polled more often. */
  isUnderWay?(data: T): boolean;
  /** Timeout of a whole read; default 20 s. */
  timeoutMs?: number;
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

  request(options?: { immediately: boolean }): void {
    this.#task?.request(options);
  }

  /** Reads if it is time to poll. */
  tick(elapsedMs: number): void {
    this.#idleMs += elapsedMs;
    if (this.#idleMs >= this.#pollInterval()) {
      this.request();
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
    this.#readingMore = new AbortController();
    this.#task = new CoalescedTask(signal => this.#read(signal), GATHER_MS);
    this.#onActive(true);
    this.request({ immediately: true });
  }

  #stop(): void {
    this.#task?.stop();
    this.#readingMore.abort();
    this.#state = INITIAL_STATE;
    this.#onActive(false);
  }

  async #read(signal: AbortSignal): Promise<void> {
    this.#idleMs = 0;
    this.#set(signal, { isReading: true });
    try {
      const data = await this.#withinTime(signal, this.#options.read);
      this.#set(signal, {
        data,
        readAt: new Date().toISOString(),
        error: undefined,
        isReading: false,
      });
    } catch (error) {
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
      return isRefused(error) ? Infinity : SHORT_POLL_MS;
    }
    const isUnderWay =
      data !== undefined && this.#options.isUnderWay?.(data) === true;
    return isUnderWay ? SHORT_POLL_MS : POLL_MS;
  }

  #set(signal: AbortSignal, change: Partial<FreshState<T>>): void {
    if (!signal.aborted) {
      this.#state = { ...this.#state, ...change };
      this.#listeners.forEach(listener => listener());
    }
  }
}
