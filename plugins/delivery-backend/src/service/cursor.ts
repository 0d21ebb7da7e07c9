import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { PagePosition } from '../store/operations/pageBefore';

/**
 * The lists that are paged.
 *
 * @internal
 */
export type ListName = 'promotions' | 'images' | 'versions' | 'actions';

/** An id never holds a NUL, which PostgreSQL would refuse in a comparison. */
const schema = z.tuple([
  z.enum(['promotions', 'images', 'versions', 'actions']),
  z.iso.datetime(),
  z
    .string()
    .min(1)
    .max(4096)
    .refine(id => !id.includes('\0')),
]);

/**
 * Writes a position in a list as the opaque string that callers hand back.
 *
 * @internal
 */
export function encodeCursor(list: ListName, position: PagePosition): string {
  return Buffer.from(
    JSON.stringify([list, position.startedAt, position.id]),
  ).toString('base64url');
}

/**
 * Reads a cursor; throws an `InputError` for anything that `encodeCursor`
 * didn't write for this list.
 *
 * @internal
 */
export function decodeCursor(list: ListName, cursor: string): PagePosition {
  const parsed = schema.safeParse(parseJson(cursor));
  if (!parsed.success || parsed.data[0] !== list) {
    throw new InputError(
      `The parameter 'cursor' is not one that was given as 'nextCursor' of ${list}; leave it out to start at the first page`,
    );
  }
  const [, startedAt, id] = parsed.data;
  return { startedAt, id };
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
