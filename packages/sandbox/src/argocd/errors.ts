import { STATUS_CODES } from 'node:http';
import { HttpError } from '../http/messages';

/** gRPC codes, and the HTTP status that Argo CD's gateway maps each one to. */
const HTTP_STATUS: Record<number, number> = {
  2: 500,
  3: 400,
  5: 404,
  7: 403,
  9: 400,
  13: 500,
  16: 401,
};

/** An error response, in the format of Argo CD's gateway. */
export class ApiError extends HttpError {
  private constructor(readonly code: number, message: string) {
    super(HTTP_STATUS[code], message);
  }

  /** `error` and `message` are the same text. */
  body(): object {
    const { code, message } = this;
    return { error: message, code, message };
  }

  /** The format of an error within a stream. */
  streamBody(): string {
    return JSON.stringify({
      error: {
        grpc_code: this.code,
        http_code: this.status,
        message: this.message,
        http_status: STATUS_CODES[this.status],
      },
    });
  }

  static unknown(message: string) {
    return new ApiError(2, message);
  }

  static invalid(message: string) {
    return new ApiError(3, message);
  }

  static notFound(message: string) {
    return new ApiError(5, message);
  }

  static forbidden(message = 'permission denied') {
    return new ApiError(7, message);
  }

  static precondition(message: string) {
    return new ApiError(9, message);
  }

  static internal(message: string) {
    return new ApiError(13, message);
  }

  static unauthenticated(message: string) {
    return new ApiError(16, message);
  }
}
