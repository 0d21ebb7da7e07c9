import { z } from 'zod';
import { invalidParameter } from './errors';
import { compareText } from './images';

/** ECR's page size when `maxResults` is absent. */
const DEFAULT_PAGE_SIZE = 100;

const tokenSchema = z.object({ list: z.string(), after: z.string() });

/** One page, and the token of the next if there is one. */
export interface Page<T> {
  items: T[];
  nextToken?: string;
}

/**
 * Cuts a page out of a list. Pages are tied to the key of the last item rather
 * than to a position, so that nothing is skipped when items come or go between
 * two calls.
 *
 * @param list - names the list and its filters: a token of another list is refused
 * @param items - sorted by `keyOf`
 * @throws EcrError `InvalidParameterException` for a token that is not of this list
 */
export function pageOf<T>(options: {
  list: string;
  items: T[];
  keyOf: (item: T) => string;
  maxResults?: number;
  nextToken?: string;
}): Page<T> {
  const { list, items, keyOf, nextToken } = options;
  const size = options.maxResults ?? DEFAULT_PAGE_SIZE;
  const after =
    nextToken === undefined ? undefined : readToken(list, nextToken);
  const rest =
    after === undefined
      ? items
      : items.filter(item => compareText(keyOf(item), after) > 0);
  const page = rest.slice(0, size);
  return rest.length > page.length
    ? {
        items: page,
        nextToken: writeToken(list, keyOf(page[page.length - 1])),
      }
    : { items: page };
}

function writeToken(list: string, after: string): string {
  return Buffer.from(JSON.stringify({ list, after })).toString('base64');
}

function readToken(list: string, token: string): string {
  try {
    const parsed = tokenSchema.parse(
      JSON.parse(Buffer.from(token, 'base64').toString('utf8')),
    );
    if (parsed.list === list) {
      return parsed.after;
    }
  } catch {
    // Neither JSON nor of the token's shape: refused below like a foreign one.
  }
  throw invalidParameter('nextToken', 'must be the nextToken of the last page');
}
