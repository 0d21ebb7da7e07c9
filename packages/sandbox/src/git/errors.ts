/** A refusal that is sent to the client: the HTTP status and one sentence. */
export class GitHostError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'GitHostError';
    this.status = status;
  }
}

/** What was asked for isn't there, or isn't visible to the one who asks. */
export class NotFoundError extends GitHostError {
  constructor(message: string) {
    super(404, message);
    this.name = 'NotFoundError';
  }
}

/** Credentials are missing or wrong; the client is asked for others. */
export class UnauthorizedError extends GitHostError {
  constructor(message: string) {
    super(401, message);
    this.name = 'UnauthorizedError';
  }
}

/** The status and message that a client gets for an error; those that aren't ours stay unexplained. */
export function toRefusal(error: unknown): { status: number; message: string } {
  if (error instanceof GitHostError) {
    return { status: error.status, message: error.message };
  }
  // Express' own errors (malformed JSON, malformed escapes in a path) carry a status.
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
