import { z } from 'zod';

const TIMEOUT_MS = 30_000;

/** A request that a registry refused, or that never reached it. */
export class RegistryRequestError extends Error {
  constructor(
    message: string,
    /**
     * The registry's error code: `RepositoryNotFoundException`, `TAG_INVALID`,
     * …. Absent if the registry couldn't be reached or returned no code.
     */
    readonly code?: string,
    /** HTTP status. Absent if the registry couldn't be reached. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RegistryRequestError';
  }
}

/** An error of the JSON API, or of the OCI distribution API. */
const errorSchema = z.union([
  z
    .object({ __type: z.string(), message: z.string().default('') })
    .transform(({ __type: code, message }) => ({ code, message })),
  z
    .object({
      errors: z
        .array(z.object({ code: z.string(), message: z.string().default('') }))
        .min(1),
    })
    .transform(({ errors }) => errors[0]),
]);

/**
 * Sends a request to a registry.
 *
 * @throws RegistryRequestError if nothing answers, or for an error response
 */
export async function request(url: URL, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    response = await fetch(url, { ...init, signal });
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
  if (response.ok) {
    return response;
  }
  const { status } = response;
  const body: unknown = await response.json().catch(() => undefined);
  const { data } = errorSchema.safeParse(body);
  throw new RegistryRequestError(
    data
      ? `${data.code}: ${data.message}`
      : `${init.method} ${url.href} was answered by ${status}`,
    data?.code,
    status,
  );
}
