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
const TRANSLATIONS: Record<string, { status: number; code: string }> = {
  RepositoryNotFoundException: { status: 404, code: 'NAME_UNKNOWN' },
  ImageNotFoundException: { status: 404, code: 'MANIFEST_UNKNOWN' },
  LayersNotFoundException: { status: 400, code: 'MANIFEST_BLOB_UNKNOWN' },
  ReferencedImagesNotFoundException: {
    status: 400,
    code: 'MANIFEST_BLOB_UNKNOWN',
  },
  ImageTagAlreadyExistsException: { status: 400, code: 'TAG_INVALID' },
  ImageDigestDoesNotMatchException: { status: 400, code: 'DIGEST_INVALID' },
  InvalidParameterException: { status: 400, code: 'MANIFEST_INVALID' },
};

/** The same error as a distribution API error, if it has a translation. */
export function toOciError(error: unknown): OciError | undefined {
  if (error instanceof OciError) {
    return error;
  }
  if (error instanceof EcrError) {
    const known = TRANSLATIONS[error.type];
    return known && new OciError(known.status, known.code, error.message);
  }
  return undefined;
}
