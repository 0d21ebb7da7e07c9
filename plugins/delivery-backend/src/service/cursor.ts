import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { PromotionPosition } from '../store/operations/promotions/promotions';

const schema = z.tuple([z.iso.datetime(), z.string().min(1).max(1024)]);

/**
 * Writes a position as the opaque string that callers hand back.
 *
 * @internal
 */
export function encodeCursor(position: PromotionPosition): string {
  return Buffer.from(
    JSON.stringify([position.startedAt, position.id]),
  ).toString('base64url');
}

/**
 * Reads a cursor; throws an `InputError` for anything that `encodeCursor`
 * didn't write.
 *
 * @internal
 */
export function decodeCursor(cursor: string): PromotionPosition {
  const parsed = schema.safeParse(parseJson(cursor));
  if (!parsed.success) {
    throw new InputError(
      "The parameter 'cursor' is not one that was given as 'nextCursor'; leave it out to start at the first page",
    );
  }
  const [startedAt, id] = parsed.data;
  return { startedAt, id };
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
