const STEP_MS = 10;
/** Long enough for a busy machine; what is awaited ends the wait. */
const TIMEOUT_MS = 90_000;

/**
 * Resolves with what `probe` answers once it doesn't throw any more; rejects
 * with its last error after a while.
 *
 * @internal
 */
export async function waitFor<T>(probe: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, STEP_MS));
    }
  }
}
