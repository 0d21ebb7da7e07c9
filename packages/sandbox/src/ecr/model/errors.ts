/**
 * An error with Amazon ECR's exception names. The JSON API returns `type` as
 * `__type`; the OCI distribution API translates it to one of its own error
 * codes.
 */
export class EcrError extends Error {
  constructor(
    /** The exception's name, such as `RepositoryNotFoundException`. */
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.name = 'EcrError';
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
