/**
 * Runs a request that is aborted when `signal` is, or when it takes longer than
 * `limit` milliseconds; then it rejects with an error that says so.
 *
 * @internal
 */
export async function withinTime<T>(
  limit: number,
  signal: AbortSignal,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No answer within ${limit / 1000} s`));
      controller.abort();
    }, limit);
  });
  try {
    return await Promise.race([request(controller.signal), timeout]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
