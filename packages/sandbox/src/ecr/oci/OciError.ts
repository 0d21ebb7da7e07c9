import { BodyTooLargeError } from '../http/body';
import { EcrError } from '../model/errors';

/**
 * An error of the OCI distribution API: `{"errors": [{"code", "message"}]}`.
 */
export class OciError extends Error {
  constructor(
    readonly status: number,
    /** An error code of the OCI distribution specification. */
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'OciError';
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
  if (error instanceof BodyTooLargeError) {
    return new OciError(413, 'SIZE_INVALID', error.message);
  }
  const known = error instanceof EcrError && TRANSLATIONS[error.type];
  return known ? new OciError(...known, error.message) : undefined;
}

/** The error for a method that a path doesn't have. */
export function unsupported(method: string): OciError {
  return new OciError(405, 'UNSUPPORTED', `${method} is not supported`);
}
