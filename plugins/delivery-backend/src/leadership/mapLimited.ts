/**
 * Maps items concurrently, as far as the limit allows. After the first failure,
 * no further item is started. The promise rejects with that failure once the
 * items under way have ended.
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
