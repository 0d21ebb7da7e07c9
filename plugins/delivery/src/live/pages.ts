/**
 * Items newest first, as the API gives them a page at a time.
 *
 * @internal
 */
export interface Page {
  items: unknown[];
  /** Where the next page begins; absent when all were read. */
  nextCursor?: string;
}

/**
 * What tells an item from the others of its list.
 *
 * @internal
 */
export type IdOf<P extends Page> = (item: P['items'][number]) => string;

/**
 * Puts a newly read beginning of the list in place of the old one. What was
 * loaded beyond it stays; but a beginning that has nothing in common with what
 * was loaded would leave a gap, and takes its place altogether.
 *
 * @internal
 */
export function withFirstPage<P extends Page>(
  loaded: P | undefined,
  page: P,
  idOf: IdOf<P>,
): P {
  if (!loaded || page.nextCursor === undefined) {
    return page;
  }
  const ids = new Set(page.items.map(idOf));
  const overlap = loaded.items.reduce<number>(
    (found, item, index) => (ids.has(idOf(item)) ? index : found),
    -1,
  );
  const beyond = overlap < 0 ? [] : loaded.items.slice(overlap + 1);
  return beyond.length
    ? {
        ...page,
        items: [...page.items, ...beyond],
        nextCursor: loaded.nextCursor,
      }
    : page;
}

/**
 * Appends the page that was asked for with `cursor`. If the list ends elsewhere
 * by now, nothing changes: the page would leave a gap.
 *
 * @internal
 */
export function withNextPage<P extends Page>(
  loaded: P,
  cursor: string,
  page: P,
  idOf: IdOf<P>,
): P {
  if (loaded.nextCursor !== cursor) {
    return loaded;
  }
  const ids = new Set(page.items.map(idOf));
  return {
    ...loaded,
    items: [
      ...loaded.items.filter(item => !ids.has(idOf(item))),
      ...page.items,
    ],
    nextCursor: page.nextCursor,
  };
}
