/**
 * Waits no longer than the signal lasts for what is done for several requests,
 * such as a login, and so doesn't end with any one of them.
 */
export async function unlessAborted<T>(
  signal: AbortSignal | undefined,
  work: Promise<T> | undefined,
): Promise<T | undefined> {
  if (!signal || !work) {
    return work;
  }
  signal.throwIfAborted();
  let onAbort: () => void = () => {};
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
      }),
    ]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
