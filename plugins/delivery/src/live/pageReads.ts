import type { LiveReadOptions } from './LiveRead';
import { withFirstPage, withNextPage, type IdOf, type Page } from './pages';

/** @internal */
export interface PageReadOptions<P extends Page> {
  load(
    request: { limit: number; cursor?: string },
    signal: AbortSignal,
  ): Promise<P>;
  idOf: IdOf<P>;
  pageSize: number;
  /** How many items are read at first; default: one page. */
  initialSize?: number;
  /** The API's maximum page size. */
  maxLimit: number;
}

/**
 * How to read a list: `read` loads the first page and later reloads what is
 * shown; `readMore` loads the next page on demand.
 *
 * @internal
 */
export function pageReads<P extends Page>(
  options: PageReadOptions<P>,
): Required<Pick<LiveReadOptions<P>, 'read' | 'readMore'>> {
  const { load, idOf, pageSize, initialSize = pageSize, maxLimit } = options;
  return {
    read: async (signal, current) => {
      const shown = current()?.items.length ?? initialSize;
      const limit = Math.min(Math.max(shown, pageSize), maxLimit);
      const page = await load({ limit }, signal);
      return withFirstPage(current(), page, idOf);
    },
    readMore: async (signal, current) => {
      const before = current();
      const cursor = before?.nextCursor;
      if (before && cursor === undefined) {
        return before;
      }
      const page = await load({ limit: pageSize, cursor }, signal);
      const loaded = current();
      return loaded && cursor !== undefined
        ? withNextPage(loaded, cursor, page, idOf)
        : page;
    },
  };
}
