import { invalidParameter } from './errors';
import { compareText } from './images';

/** ECR's page size if `maxResults` is absent. */
const DEFAULT_PAGE_SIZE = 100;

/** Marks the tokens that this registry creates. */
const TOKEN_PREFIX = 'after:';

/** One page, and the token of the next one if there is one. */
export interface Page<T> {
  items: T[];
  nextToken?: string;
}

/**
 * Cuts a page out of a list. A page starts after the key of the last item
 * instead of at a position, so that no item is skipped if others are added or
 * removed between two calls.
 *
 * @param items - sorted by `keyOf`
 * @throws EcrError `InvalidParameterException` for a token that this function
 * didn't create
 */
export function pageOf<T>(options: {
  items: T[];
  keyOf: (item: T) => string;
  maxResults?: number;
  nextToken?: string;
}): Page<T> {
  const { items, keyOf, nextToken } = options;
  const token = Buffer.from(nextToken ?? '', 'base64').toString('utf8');
  if (nextToken !== undefined && !token.startsWith(TOKEN_PREFIX)) {
    throw invalidParameter(
      'nextToken',
      'must be the nextToken of the last page',
    );
  }
  const rest =
    nextToken === undefined
      ? items
      : items.filter(
          item =>
            compareText(keyOf(item), token.slice(TOKEN_PREFIX.length)) > 0,
        );
  const page = rest.slice(0, options.maxResults ?? DEFAULT_PAGE_SIZE);
  if (rest.length === page.length) {
    return { items: page };
  }
  const last = `${TOKEN_PREFIX}${keyOf(page[page.length - 1])}`;
  return { items: page, nextToken: Buffer.from(last).toString('base64') };
}
