import { ServiceUnavailableError } from '@backstage/errors';
import { reasonOf } from '../reasonOf';

/** What registries take themselves, such as containerd's. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A whole answer. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/**
 * Sends a request and reads the whole answer. Redirects are followed, as of blobs
 * to a storage; on another host, no credentials are sent.
 *
 * Throws a `ServiceUnavailableError` if there is no answer in time.
 */
export async function sendHttp(
  url: URL,
  options: {
    method?: string;
    headers: Record<string, string>;
    timeoutMs: number;
    signal?: AbortSignal;
  },
): Promise<HttpAnswer> {
  const { method, headers, timeoutMs, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers: { 'user-agent': 'landfall', ...headers },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > MAX_BYTES) {
        break;
      }
      chunks.push(chunk);
    }
    if (length <= MAX_BYTES) {
      const { status } = response;
      return { status, headers: response.headers, body: Buffer.concat(chunks) };
    }
  } catch (error) {
    signal?.throwIfAborted();
    const reason = timeout.aborted
      ? `no answer within ${timeoutMs / 1000} s`
      : reasonOf(error);
    throw new ServiceUnavailableError(
      `${url.host} can't be reached: ${reason}`,
      error,
    );
  }
  throw new Error(
    `${url.host}${url.pathname} is larger than ${MAX_BYTES} bytes, the most that is read`,
  );
}
