import { useCallback, useEffect, useRef, useState } from 'react';
import { PageReader, type LoadPage, type ReaderState } from './PageReader';
import type { IdOf, Page } from './pages';

/**
 * What is to be read, in which portions. It has to stay the same object for as
 * long as the same list is meant (`useMemo`).
 *
 * @internal
 */
export interface PageSource<P extends Page> {
  load: LoadPage<P>;
  idOf: IdOf<P>;
  pageSize: number;
  /** The most that the API gives at once. */
  maxLimit: number;
  /** Of which lists what is shown stays until there is something newer: those with the same one. */
  subject: string;
}

/** @internal */
export interface Pages<P extends Page> {
  /** The pages that were read, as one; absent until there is anything to show. */
  loaded?: P;
  hasMore: boolean;
  /** What is shown belongs to another source, until the answer is here. */
  isStale: boolean;
  isLoadingMore: boolean;
  error?: Error;
  loadMore(): void;
  /** Reads again what is shown. */
  retry(): void;
}

/**
 * A list read page by page, and again whenever `refreshKey` changes. What is
 * shown stays until there is something newer.
 *
 * @internal
 */
export function usePages<P extends Page>(
  source: PageSource<P>,
  refreshKey = 0,
): Pages<P> {
  const [shown, setShown] = useState<{
    reader: PageReader<P>;
    subject: string;
    state: ReaderState<P>;
  }>();
  const [reader, setReader] = useState<PageReader<P>>();

  useEffect(() => {
    const { subject, ...options } = source;
    const created: PageReader<P> = new PageReader({
      ...options,
      onChange: state => {
        if (state.loaded || state.error) {
          setShown({ reader: created, subject, state });
        }
      },
    });
    setReader(created);
    created.read();
    return () => created.stop();
  }, [source]);

  const lastRefresh = useRef(refreshKey);
  useEffect(() => {
    if (lastRefresh.current !== refreshKey) {
      lastRefresh.current = refreshKey;
      reader?.read();
    }
  }, [reader, refreshKey]);

  const loadMore = useCallback(() => {
    reader?.loadMore();
  }, [reader]);
  const retry = useCallback(() => {
    reader?.read();
  }, [reader]);

  const state = shown?.subject === source.subject ? shown.state : undefined;
  return {
    loaded: state?.loaded,
    hasMore: state?.loaded?.nextCursor !== undefined,
    isStale: shown !== undefined && shown.reader !== reader,
    isLoadingMore: state?.isLoadingMore ?? false,
    error: state?.error,
    loadMore,
    retry,
  };
}
