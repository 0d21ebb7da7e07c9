/**
 * Does something with each of some items, as many at a time as the limit lets.
 * After the first failure none is begun any more; it rejects with that failure
 * when those under way have ended.
 *
 * @internal
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: (work: () => Promise<void>) => Promise<void>,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  await Promise.all(
    items.map((item, index) =>
      limit(async () => {
        if (failures.length > 0) {
          return;
        }
        try {
          results[index] = await work(item);
        } catch (error) {
          failures.push(error);
        }
      }),
    ),
  );
  if (failures.length > 0) {
    throw failures[0];
  }
  return results;
}
