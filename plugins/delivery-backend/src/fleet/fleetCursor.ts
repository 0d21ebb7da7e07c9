import { InputError } from '@backstage/errors';
import type { FleetSort } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import type { FleetPosition } from '../store/operations/fleet';

/** PostgreSQL would refuse a NUL in a comparison. */
const text = z
  .string()
  .max(4096)
  .refine(value => !value.includes('\0'));

const LIST = 'fleet';

const schema = z.union([
  z.tuple([
    z.literal(LIST),
    z.enum(['name', 'owner', 'deployed']),
    text,
    text,
    text,
  ]),
  z.tuple([
    z.literal(LIST),
    z.literal('urgency'),
    z.int().min(0).max(1000),
    text,
    text,
  ]),
]);

/**
 * Writes a position in the list of services as the opaque string that callers hand
 * back.
 *
 * @internal
 */
export function encodeFleetCursor(
  sort: FleetSort,
  { value, sortName, entityRef }: FleetPosition,
): string {
  return Buffer.from(
    JSON.stringify([LIST, sort, value, sortName, entityRef]),
  ).toString('base64url');
}

/**
 * Reads a cursor; throws an `InputError` for anything that `encodeFleetCursor`
 * didn't write for this order.
 *
 * @internal
 */
export function decodeFleetCursor(
  sort: FleetSort,
  cursor: string,
): FleetPosition {
  const parsed = schema.safeParse(parseJson(cursor));
  if (!parsed.success || parsed.data[1] !== sort) {
    throw new InputError(
      "The parameter 'cursor' is not one that was given as 'nextCursor' of the fleet in this order; leave it out to start at the first page",
    );
  }
  const [, , value, sortName, entityRef] = parsed.data;
  return { value, sortName, entityRef };
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
