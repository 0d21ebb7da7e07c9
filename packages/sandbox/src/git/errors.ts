/** An error for the client: the HTTP status and a one-sentence message. */
export class GitHostError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'GitHostError';
    this.status = status;
  }
}

/**
 * The requested object doesn't exist, or the caller isn't allowed to see it.
 */
export class NotFoundError extends GitHostError {
  constructor(message: string) {
    super(404, message);
    this.name = 'NotFoundError';
  }
}

/** Credentials are missing or wrong. The client is asked for other ones. */
export class UnauthorizedError extends GitHostError {
  constructor(message: string) {
    super(401, message);
    this.name = 'UnauthorizedError';
  }
}

/**
 * The status and message that a client receives for an error. Unexpected errors
 * are not explained.
 */
export function toRefusal(error: unknown): { status: number; message: string } {
  if (error instanceof GitHostError) {
    return { status: error.status, message: error.message };
  }
  // Express's own errors (malformed JSON, malformed escapes in a path) have a
  // status.
  if (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status >= 400 &&
    error.status < 500
  ) {
    return { status: error.status, message: error.message };
  }
  return { status: 500, message: 'Internal server error' };
}
