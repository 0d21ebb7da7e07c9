import { invalidParameter } from './errors';

/** ECR's page size if `maxResults` is absent. */
const DEFAULT_PAGE_SIZE = 100;

/** Marks the tokens that this registry creates. */
const TOKEN_PREFIX = 'after:';

/**
 * Cuts a page out of a list. A page starts after the key of the last item
 * instead of at a position, so that no item is skipped if others are added or
 * removed between two calls.
 *
 * @param items - in any order
 * @returns the page, sorted by `keyOf`, and the token of the next one
 * @throws EcrError `InvalidParameterException` for a token that this function
 * didn't create
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { maxResults, nextToken }: { maxResults?: number; nextToken?: string },
): { items: T[]; nextToken?: string } {
  const token = Buffer.from(nextToken ?? '', 'base64').toString('utf8');
  if (nextToken !== undefined && !token.startsWith(TOKEN_PREFIX)) {
    throw invalidParameter('nextToken', 'must be that of the last page');
  }
  const last = token.slice(TOKEN_PREFIX.length);
  const rest = items
    .filter(
      item => nextToken === undefined || compareText(keyOf(item), last) > 0,
    )
    .sort((a, b) => compareText(keyOf(a), keyOf(b)));
  const page = rest.slice(0, maxResults ?? DEFAULT_PAGE_SIZE);
  const next = `${TOKEN_PREFIX}${page.map(keyOf).at(-1)}`;
  return rest.length === page.length
    ? { items: page }
    : { items: page, nextToken: Buffer.from(next).toString('base64') };
}

/** Compares by code units, which is the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
