import {
  AuthenticationError,
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  reasonOf,
  unlessAborted,
} from '@landfall/backstage-plugin-delivery-node';

/** For a status without its own error, such as 500. */
const OTHER = {
  Type: ServiceUnavailableError,
  advice: "Run this again. The log of the portal's backend has the reason",
};

/** By HTTP status: the error, and what to do where the message doesn't say it. */
const ERRORS: Record<
  number,
  { Type: new (message: string) => Error; advice?: string }
> = {
  400: { Type: InputError },
  401: { Type: AuthenticationError, advice: 'Sign in, and run this again' },
  403: {
    Type: NotAllowedError,
    advice: 'Ask an administrator of the portal for the permission',
  },
  404: {
    Type: NotFoundError,
    advice: 'Check entityRef. An entity that you may not see counts as missing',
  },
  409: { Type: ConflictError },
};

/**
 * Sends a request to the delivery plugin, and turns its answer into an error that
 * keeps the plugin's words and says what to do. Stops waiting when the signal
 * aborts; what the plugin has begun goes on there.
 *
 * Throws an `InputError`, `AuthenticationError`, `NotAllowedError`,
 * `NotFoundError` or `ConflictError` for what the plugin refused, and a
 * `ServiceUnavailableError` if it can't be reached or failed.
 */
export async function askDelivery<T>(
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await unlessAborted(signal, ask);
  } catch (error) {
    signal?.throwIfAborted();
    throw explain(error);
  }
}

/** Without the cause: Backstage's errors would repeat its message in their own. */
function explain(error: unknown): unknown {
  if (error instanceof ResponseError) {
    const { statusCode, cause } = error;
    const { Type, advice } = ERRORS[statusCode] ?? OTHER;
    return new Type(
      `The delivery plugin answered ${statusCode} (${cause.name}): ${
        cause.message
      }${advice ? `. ${advice}` : ''}`,
    );
  }
  // What `fetch` throws if it gets no answer.
  if (
    isError(error) &&
    error.name === 'TypeError' &&
    error.cause !== undefined
  ) {
    return new ServiceUnavailableError(
      `The delivery plugin can't be reached: ${reasonOf(
        error,
      )}. Check that @landfall/backstage-plugin-delivery-backend is installed and runs`,
    );
  }
  return error;
}
