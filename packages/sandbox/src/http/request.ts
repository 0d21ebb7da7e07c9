import { z } from 'zod';
import { messageOf } from '../errors';

const TIMEOUT_MS = 30_000;

/** A request that a server refused, or that never reached it. */
export class RequestError extends Error {
  constructor(
    message: string,
    /** HTTP status. Absent if the server couldn't be reached. */
    readonly status?: number,
    /**
     * A registry's error code: `RepositoryNotFoundException`, `TAG_INVALID`, ….
     * Absent if the server returned none.
     */
    readonly code?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RequestError';
  }
}

const text = z.string().optional();

/** An error of ECR, of the OCI distribution API, or one without a code. */
const errorSchema = z.object({
  __type: text,
  message: text,
  error: text,
  errors: z.array(z.object({ code: text, message: text })).optional(),
});

/**
 * Sends a request to an API.
 *
 * @throws RequestError if nothing answers, or with the API's message and code
 */
export async function request(
  url: URL | string,
  init: RequestInit = {},
): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal
    ? AbortSignal.any([init.signal, timeout])
    : timeout;
  const { origin, href } = new URL(url);
  const response = await fetch(url, { ...init, signal }).catch(error => {
    throw new RequestError(
      `${origin} can't be reached: ${messageOf(error.cause ?? error)}`,
      undefined,
      undefined,
      { cause: error },
    );
  });
  const { ok, status } = response;
  if (ok) {
    return response;
  }
  const body: unknown = await response.json().catch(() => undefined);
  const { data = {} } = errorSchema.safeParse(body);
  const { code = data.__type, message = data.message ?? data.error } =
    data.errors?.[0] ?? {};
  throw new RequestError(
    code || message
      ? [code, message].filter(Boolean).join(': ')
      : `${init.method ?? 'GET'} ${href} was answered by ${status}`,
    status,
    code,
  );
}

/** The result of a request, or undefined if it is refused with this code. */
export async function unless<T>(
  code: string,
  requested: Promise<T>,
): Promise<T | undefined> {
  return requested.catch(error => {
    if (error instanceof RequestError && error.code === code) {
      return undefined;
    }
    throw error;
  });
}
