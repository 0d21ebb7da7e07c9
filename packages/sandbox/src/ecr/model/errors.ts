/**
 * A refusal in the words of Amazon ECR's API. The JSON API answers `type` as
 * `__type`; the OCI distribution API translates it to an error code of its own.
 */
export class EcrError extends Error {
  constructor(
    /** The exception's name, such as `RepositoryNotFoundException`. */
    readonly type: string,
    message: string,
    /** HTTP status of the JSON API; ECR answers 400 to everything that is the caller's fault. */
    readonly status = 400,
  ) {
    super(message);
    this.name = 'EcrError';
  }
}

/** The error for a field outside its constraint, in ECR's usual sentence. */
export function invalidParameter(field: string, constraint: string): EcrError {
  return new EcrError(
    'InvalidParameterException',
    `Invalid parameter at '${field}' failed to satisfy constraint: '${constraint}'`,
  );
}
