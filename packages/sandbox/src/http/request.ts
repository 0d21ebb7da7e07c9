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

const message = z.string().default('');

/** An error of ECR, of the OCI distribution API, or one without a code. */
const errorSchema = z.union([
  z
    .object({ __type: z.string(), message })
    .transform(error => ({ code: error.__type, message: error.message })),
  z
    .object({ errors: z.array(z.object({ code: z.string(), message })).min(1) })
    .transform(({ errors }) => errors[0]),
  z
    .object({ message: z.string() })
    .transform(error => ({ code: undefined, message: error.message })),
  z
    .object({ error: z.string() })
    .transform(({ error }) => ({ code: undefined, message: error })),
]);

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
  const { data } = errorSchema.safeParse(body);
  throw new RequestError(
    data
      ? `${data.code ? `${data.code}: ` : ''}${data.message}`
      : `${init.method ?? 'GET'} ${href} was answered by ${status}`,
    status,
    data?.code,
  );
}
