import { ServiceUnavailableError } from '@backstage/errors';
import { IdleTimeout, withDeadline } from '../abort';
import { reasonOf } from '../reasonOf';
import { isSafeRedirect } from './addresses';

/** The usual size limit for a manifest, as in containerd. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
/** Only the beginning of an unsuccessful answer is read. */
const MAX_ERROR_BYTES = 64 * 1024;
const MAX_REDIRECTS = 3;
const DEFAULT_TOTAL_MS = 120_000;

/** A complete answer. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
  /** The answer comes from the target of a redirect. */
  isRedirected: boolean;
}

/** @internal */
export interface SendHttpOptions {
  method?: string;
  headers: Record<string, string>;
  /** The longest time without a byte of the answer, in milliseconds. */
  idleMs: number;
  /** Limit for the complete answer, redirects included. Default: 2 minutes. */
  totalMs?: number;
  /** The largest successful answer to read. */
  maxBytes: number;
  /** Only for contents whose digests are checked. Default: false. */
  followsRedirects?: boolean;
  signal?: AbortSignal;
}

/**
 * Sends a request and reads the complete answer. A followed redirect, such as
 * from a blob to a storage, carries no credentials.
 *
 * Throws a `ServiceUnavailableError` if there is no answer in time. Messages
 * omit the query of an address, because it may carry a signature.
 */
export async function sendHttp(
  url: URL,
  options: SendHttpOptions,
): Promise<HttpAnswer> {
  const { idleMs, totalMs = DEFAULT_TOTAL_MS, signal } = options;
  const late = (what: string) =>
    new ServiceUnavailableError(
      `The answer of ${url.host} to ${options.method ?? 'GET'} ${
        url.pathname
      } ${what}`,
    );
  return withDeadline(
    {
      signal,
      timeoutMs: totalMs,
      timeoutError: () => late(`did not complete within ${totalMs / 1000} s`),
    },
    async controller => {
      const idle = new IdleTimeout(idleMs, () =>
        controller.abort(late(`sent nothing for ${idleMs / 1000} s`)),
      );
      const { response, isRedirected } = await fetchFollowing(url, options, {
        idle,
        signal: controller.signal,
      });
      const { status, headers } = response;
      const body = await readBody(url, response, idle, options.maxBytes);
      return { status, headers, body, isRedirected };
    },
  );
}

/** The final answer after all redirects. */
async function fetchFollowing(
  url: URL,
  { method, headers, followsRedirects = false }: SendHttpOptions,
  { idle, signal }: { idle: IdleTimeout; signal: AbortSignal },
): Promise<{ response: Response; isRedirected: boolean }> {
  let current = url;
  const { authorization: _, ...withoutCredentials } = headers;
  for (let redirects = 0; ; redirects++) {
    const sent = redirects === 0 ? headers : withoutCredentials;
    const request = new Request(current, {
      method,
      headers: { 'user-agent': 'landfall', ...sent },
      redirect: 'manual',
      signal,
    });
    const response = await idle.wait(() => reach(request));
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || !location) {
      return { response, isRedirected: redirects > 0 };
    }
    await response.body?.cancel();
    const next = URL.canParse(location, current)
      ? new URL(location, current)
      : undefined;
    const where = next ? next.origin : 'something that is not a URL';
    if (!followsRedirects) {
      throw new Error(
        `${url.host}${url.pathname} redirects to ${where}. Redirects are followed for blobs only. Set the final address as url in delivery.registries`,
      );
    }
    if (
      !next ||
      redirects >= MAX_REDIRECTS ||
      !(await isSafeRedirect(current, next))
    ) {
      throw new Error(
        `${url.host}${url.pathname} redirects to ${where}. This isn't followed: blobs are read only over https, after at most ${MAX_REDIRECTS} redirects, and never from an address of this machine or a metadata service`,
      );
    }
    current = next;
  }
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    throw unreachable(new URL(request.url), error);
  }
}

async function readBody(
  url: URL,
  response: Response,
  idle: IdleTimeout,
  maxBytes: number,
): Promise<Buffer> {
  const isWhole = response.ok;
  const limit = isWhole ? maxBytes : MAX_ERROR_BYTES;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const parts = response.body ?? new Blob().stream();
    for await (const chunk of idle.each(parts)) {
      length += chunk.length;
      chunks.push(chunk);
      if (length > limit) {
        break;
      }
    }
  } catch (error) {
    throw unreachable(url, error);
  }
  if (length > limit && isWhole) {
    throw new Error(
      `${url.host}${url.pathname} is larger than ${limit} bytes, the limit`,
    );
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

function unreachable(url: URL, error: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `${url.host} can't be reached: ${reasonOf(error)}`,
    error,
  );
}
