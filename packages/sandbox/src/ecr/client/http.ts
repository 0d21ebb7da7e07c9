import { RegistryRequestError } from './RegistryRequestError';

const TIMEOUT_MS = 30_000;

/**
 * `fetch` with a timeout. Its errors contain the URL.
 *
 * @throws RegistryRequestError if nothing answers
 */
export async function request(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, {
      ...init,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const cause = error instanceof Error ? error.cause ?? error : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RegistryRequestError(
      `The registry at ${url.origin} can't be reached: ${reason}`,
      undefined,
      undefined,
      { cause: error },
    );
  }
}
