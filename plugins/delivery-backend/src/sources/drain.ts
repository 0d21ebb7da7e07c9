import pLimit from 'p-limit';

/**
 * Does what is due, some at a time, until nothing is. What was handled must not
 * be due any more.
 *
 * @internal
 */
export async function drain<T>(options: {
  signal: AbortSignal;
  concurrency: number;
  readDue: () => Promise<T[]>;
  handle: (item: T) => Promise<void>;
}): Promise<void> {
  const { signal, concurrency, readDue, handle } = options;
  const limit = pLimit(concurrency);
  while (!signal.aborted) {
    const due = await readDue();
    if (due.length === 0) {
      return;
    }
    await Promise.all(
      due.map(item =>
        limit(async () => {
          if (!signal.aborted) {
            await handle(item);
          }
        }),
      ),
    );
  }
}
