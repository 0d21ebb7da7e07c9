import { toError } from '@backstage/errors';
import { withFirstPage, withNextPage, type IdOf, type Page } from './pages';

/** @internal */
export interface ReaderState<P extends Page> {
  /** The pages that were read, as one; absent until the first was. */
  loaded?: P;
  isReading: boolean;
  isLoadingMore: boolean;
  /** Why the latest read failed; what was loaded before stays. */
  error?: Error;
}

/** @internal */
export type LoadPage<P extends Page> = (
  request: { limit: number; cursor?: string },
  signal: AbortSignal,
) => Promise<P>;

/** @internal */
export interface PageReaderOptions<P extends Page> {
  load: LoadPage<P>;
  onChange: (state: ReaderState<P>) => void;
  idOf: IdOf<P>;
  pageSize: number;
  /** The most that the API gives at once. */
  maxLimit: number;
}

/**
 * Reads one list page by page and keeps it fresh.
 *
 * @internal
 */
export class PageReader<P extends Page> {
  readonly #options: PageReaderOptions<P>;
  readonly #abort = new AbortController();
  #state: ReaderState<P> = { isReading: false, isLoadingMore: false };
  #isReadAgain = false;

  constructor(options: PageReaderOptions<P>) {
    this.#options = options;
  }

  /**
   * Reads again what is shown, at most `maxLimit`. While a read is under way, any
   * number of calls lead to one more after it, so that frequent changes neither
   * pile up nor keep a read from ending.
   */
  async read(): Promise<void> {
    if (this.#state.isReading) {
      this.#isReadAgain = true;
      return;
    }
    const { load, idOf, pageSize, maxLimit } = this.#options;
    this.#set({ isReading: true });
    do {
      this.#isReadAgain = false;
      const shown = this.#state.loaded?.items.length ?? 0;
      const limit = Math.min(Math.max(shown, pageSize), maxLimit);
      try {
        const page = await load({ limit }, this.#abort.signal);
        this.#set({
          loaded: withFirstPage(this.#state.loaded, page, idOf),
          error: undefined,
        });
      } catch (error) {
        this.#set({ error: toError(error) });
      }
    } while (this.#isReadAgain && !this.#abort.signal.aborted);
    this.#set({ isReading: false });
  }

  /** Reads the next page, if there is one and it isn't being read. */
  async loadMore(): Promise<void> {
    const cursor = this.#state.loaded?.nextCursor;
    if (cursor === undefined || this.#state.isLoadingMore) {
      return;
    }
    const { load, idOf, pageSize } = this.#options;
    this.#set({ isLoadingMore: true });
    try {
      const page = await load({ limit: pageSize, cursor }, this.#abort.signal);
      const { loaded } = this.#state;
      this.#set({
        loaded: loaded && withNextPage(loaded, cursor, page, idOf),
        isLoadingMore: false,
        error: undefined,
      });
    } catch (error) {
      this.#set({ isLoadingMore: false, error: toError(error) });
    }
  }

  /** Ends what is under way; nothing is told afterwards. */
  stop(): void {
    this.#abort.abort();
  }

  #set(change: Partial<ReaderState<P>>): void {
    if (!this.#abort.signal.aborted) {
      this.#state = { ...this.#state, ...change };
      this.#options.onChange(this.#state);
    }
  }
}
