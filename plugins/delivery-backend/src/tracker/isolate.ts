import { isError } from '@backstage/errors';
import { errorCode, isDataError } from '../store/databaseErrors';

/**
 * An item that can't be stored, and why.
 *
 * @internal
 */
export interface Culprit<T> {
  item: T;
  error: unknown;
}

/**
 * An observation that can't be reduced to a state.
 *
 * @internal
 */
export class UnreducibleError extends Error {
  override name = 'UnreducibleError';
}

/**
 * Does `work` for all items at once. If it fails because of an item, the items
 * are halved until that item is found, so that only the culprits are left out.
 * The order is kept. Rejects if the failure has another cause; the state of the
 * remaining items is then unknown.
 *
 * @internal
 */
export async function isolate<T>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<void>,
): Promise<Culprit<T>[]> {
  if (items.length === 0) {
    return [];
  }
  try {
    await work(items);
    return [];
  } catch (error) {
    if (!isDataError(error) && !(error instanceof UnreducibleError)) {
      throw error;
    }
    if (items.length === 1) {
      return [{ item: items[0], error }];
    }
    const middle = Math.ceil(items.length / 2);
    return [
      ...(await isolate(items.slice(0, middle), work)),
      ...(await isolate(items.slice(middle), work)),
    ];
  }
}

/**
 * Why an item can't be stored, as a sentence without a full stop. It leaves out
 * the failed statement, which belongs in the log.
 *
 * @internal
 */
export function culpritReason({ error }: Culprit<unknown>): string {
  const code = errorCode(error);
  if (code !== undefined) {
    return `the database refuses one of its values (${code})`;
  }
  return isError(error) ? error.message : String(error);
}
