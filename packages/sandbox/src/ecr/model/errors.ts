import { HttpError } from '../../http/messages';

/**
 * An error with Amazon ECR's exception names. The JSON API returns `type` as
 * `__type`; the OCI distribution API translates it to one of its own error
 * codes.
 */
export class EcrError extends HttpError {
  constructor(
    /** The exception's name, such as `RepositoryNotFoundException`. */
    readonly type: string,
    message: string,
  ) {
    super(400, message);
  }
}

/**
 * The error for a field that violates its constraint, with ECR's usual message.
 */
export function invalidParameter(field: string, constraint: string): EcrError {
  return new EcrError(
    'InvalidParameterException',
    `Invalid parameter at '${field}' failed to satisfy constraint: '${constraint}'`,
  );
}

/**
 * An error of the OCI distribution API: `{"errors": [{"code", "message"}]}`.
 */
export class OciError extends HttpError {
  constructor(
    status: number,
    /** An error code of the OCI distribution specification. */
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(status, message);
  }
}

/**
 * How ECR's registry endpoint translates the exceptions of its API: for
 * example, an immutable tag becomes `TAG_INVALID` with status 400. The message
 * stays the API's.
 */
const TRANSLATIONS: Record<string, [status: number, code: string]> = {
  RepositoryNotFoundException: [404, 'NAME_UNKNOWN'],
  ImageNotFoundException: [404, 'MANIFEST_UNKNOWN'],
  LayersNotFoundException: [400, 'MANIFEST_BLOB_UNKNOWN'],
  ReferencedImagesNotFoundException: [400, 'MANIFEST_BLOB_UNKNOWN'],
  ImageTagAlreadyExistsException: [400, 'TAG_INVALID'],
  ImageDigestDoesNotMatchException: [400, 'DIGEST_INVALID'],
  InvalidParameterException: [400, 'MANIFEST_INVALID'],
};

/** The same error as a distribution API error, if it has a translation. */
export function toOciError(error: unknown): OciError | undefined {
  if (error instanceof OciError) {
    return error;
  }
  const known = error instanceof EcrError && TRANSLATIONS[error.type];
  return known ? new OciError(...known, error.message) : undefined;
}

/** The error for a method that a path doesn't have. */
export function unsupported(method: string): OciError {
  return new OciError(405, 'UNSUPPORTED', `${method} is not supported`);
}
