import type { MergeRequest } from '../../model/promotion';

/** Something whose merge request changes while it is observed again and again. */
interface Requested {
  request?: MergeRequest;
}

/**
 * Adds observations to those that are remembered: per key, the one with the
 * latest state of its merge request counts. The result is the same in whichever
 * order they arrive, and however often.
 *
 * @param options - `key` identifies what was observed; those that come first by
 * `order` are forgotten if there are more than `limit`
 * @internal
 */
export function latestObserved<T extends Requested>(
  known: readonly T[],
  observed: readonly T[],
  options: {
    key: (item: T) => string;
    order: (item: T) => string;
    limit: number;
  },
): T[] {
  const { key, order, limit } = options;
  const latest = new Map(known.map(item => [key(item), item]));
  for (const item of observed) {
    const other = latest.get(key(item));
    if (!other || compareText(age(item), age(other)) > 0) {
      latest.set(key(item), item);
    }
  }
  return [...latest.values()]
    .sort((a, b) => compareText(order(a), order(b)))
    .slice(-limit);
}

/** Two states of the same second still have one order. */
function age(item: Requested): string {
  return `${item.request?.updatedAt ?? ''} ${JSON.stringify(item)}`;
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
