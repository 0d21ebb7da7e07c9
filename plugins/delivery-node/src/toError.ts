import { isError } from '@backstage/errors';

/** Converts a thrown value to an error. */
export function toError(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(String(thrown));
}
