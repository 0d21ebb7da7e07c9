/**
 * gRPC codes that Argo CD returns, and the HTTP status that its gateway maps
 * each one to.
 */
const HTTP_STATUS: Record<number, number> = {
  2: 500,
  3: 400,
  5: 404,
  6: 409,
  7: 403,
  9: 400,
  13: 500,
  14: 503,
  16: 401,
};

const STATUS_TEXT: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An error response, in the format of Argo CD's gateway. */
export class ApiError extends Error {
  readonly code: number;

  private constructor(code: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }

  get status(): number {
    return HTTP_STATUS[this.code] ?? 500;
  }

  get statusText(): string {
    return STATUS_TEXT[this.status] ?? 'Internal Server Error';
  }

  /**
   * `error` and `message` are the same text; no recorded error carries details.
   */
  body(): string {
    return JSON.stringify({
      error: this.message,
      code: this.code,
      message: this.message,
    });
  }

  /** The format of an error within a stream. */
  streamBody(): string {
    return JSON.stringify({
      error: {
        grpc_code: this.code,
        http_code: this.status,
        message: this.message,
        http_status: this.statusText,
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
