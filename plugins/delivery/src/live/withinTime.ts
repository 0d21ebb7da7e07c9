/**
 * Runs a request and aborts it when `signal` is aborted or when it takes longer
 * than `limit` milliseconds. On a timeout it rejects with an error that names
 * the limit.
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
