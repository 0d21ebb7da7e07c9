import { STATUS_CODES } from 'node:http';
import { HttpError } from '../http/messages';

/** gRPC codes, and the HTTP status that Argo CD's gateway maps each one to. */
const CODES = {
  unknown: [2, 500],
  invalid: [3, 400],
  notFound: [5, 404],
  forbidden: [7, 403],
  precondition: [9, 400],
  internal: [13, 500],
  unauthenticated: [16, 401],
} as const;

/** An error response, in the format of Argo CD's gateway. */
export class ApiError extends HttpError {
  readonly #code: number;

  constructor(kind: keyof typeof CODES, message: string) {
    const [code, status] = CODES[kind];
    super(status, message);
    this.#code = code;
  }

  /** `error` and `message` are the same text. */
  body(): object {
    const { message } = this;
    return { error: message, code: this.#code, message };
  }

  /** The format of an error within a stream. */
  streamBody(): string {
    return JSON.stringify({
      error: {
        grpc_code: this.#code,
        http_code: this.status,
        message: this.message,
        http_status: STATUS_CODES[this.status],
      },
    });
  }
}
