/**
 * One page of a list, newest items first.
 *
 * @internal
 */
export interface Page {
  items: unknown[];
  /** Where the next page begins; absent on the last page. */
  nextCursor?: string;
}

/**
 * Identifies an item of a list.
 *
 * @internal
 */
export type IdOf<P extends Page> = (item: P['items'][number]) => string;

/**
 * Replaces the beginning of the list with a newly read first page. Items loaded
 * beyond it stay. If the new page doesn't overlap the loaded items, it replaces
 * the whole list, because keeping them would leave a gap.
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
 * Appends the page requested with `cursor`. If the list's end has changed
 * since, nothing is appended: the page would leave a gap.
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
