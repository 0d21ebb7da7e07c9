import type {
  PromotionsRequest,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { withFirstPage, withNextPage, type LoadedPromotions } from './pages';

const PAGE_SIZE = 20;
/** The most that the API gives at once. */
const MAX_LIMIT = 100;

/** @internal */
export interface ReaderState {
  /** Absent until the first page was read. */
  loaded?: LoadedPromotions;
  isReading: boolean;
  isLoadingMore: boolean;
  /** Why the latest read failed; what was loaded before stays. */
  error?: Error;
}

/** @internal */
export type LoadPage = (
  request: Pick<PromotionsRequest, 'limit' | 'cursor'>,
  signal: AbortSignal,
) => Promise<PromotionsResponse>;

/**
 * Reads one list of promotions page by page and keeps it fresh.
 *
 * @internal
 */
export class PromotionReader {
  readonly #load: LoadPage;
  readonly #onChange: (state: ReaderState) => void;
  readonly #abort = new AbortController();
  #state: ReaderState = { isReading: false, isLoadingMore: false };
  #isReadAgain = false;

  constructor(options: {
    load: LoadPage;
    onChange: (state: ReaderState) => void;
  }) {
    this.#load = options.load;
    this.#onChange = options.onChange;
  }

  /**
   * Reads again what is shown, at most 100. While a read is under way, any
   * number of calls lead to one more after it, so that frequent changes neither
   * pile up nor keep a read from ending.
   */
  async read(): Promise<void> {
    if (this.#state.isReading) {
      this.#isReadAgain = true;
      return;
    }
    this.#set({ isReading: true });
    do {
      this.#isReadAgain = false;
      const shown = this.#state.loaded?.items.length ?? 0;
      const limit = Math.min(Math.max(shown, PAGE_SIZE), MAX_LIMIT);
      try {
        const page = await this.#load({ limit }, this.#abort.signal);
        this.#set({
          loaded: withFirstPage(this.#state.loaded, page),
          error: undefined,
        });
      } catch (error) {
        this.#set({ error: asError(error) });
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
    this.#set({ isLoadingMore: true });
    try {
      const page = await this.#load(
        { limit: PAGE_SIZE, cursor },
        this.#abort.signal,
      );
      const { loaded } = this.#state;
      this.#set({
        loaded: loaded && withNextPage(loaded, cursor, page),
        isLoadingMore: false,
        error: undefined,
      });
    } catch (error) {
      this.#set({ isLoadingMore: false, error: asError(error) });
    }
  }

  /** Ends what is under way; nothing is told afterwards. */
  stop(): void {
    this.#abort.abort();
  }

  #set(change: Partial<ReaderState>): void {
    if (!this.#abort.signal.aborted) {
      this.#state = { ...this.#state, ...change };
      this.#onChange(this.#state);
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
