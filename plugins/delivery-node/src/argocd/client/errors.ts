/**
 * Details of a failure. The error's `message` is a sentence for people;
 * `argoCdMessage` is Argo CD's own.
 *
 * @public
 */
export interface ArgoCdErrorOptions {
  /** Name of the instance in the configuration. */
  instance: string;
  /** HTTP status, if there was an answer. */
  status?: number;
  /** gRPC code, if Argo CD sent one. */
  code?: number;
  argoCdMessage?: string;
  cause?: unknown;
}

/**
 * A failed call to Argo CD. HTTP status and gRPC code determine the subclass,
 * never the text of the message.
 *
 * @public
 */
export class ArgoCdError extends Error {
  override name = 'ArgoCdError';
  readonly instance: string;
  readonly status?: number;
  readonly code?: number;
  readonly argoCdMessage?: string;

  constructor(message: string, options: ArgoCdErrorOptions) {
    super(message, { cause: options.cause });
    this.instance = options.instance;
    this.status = options.status;
    this.code = options.code;
    this.argoCdMessage = options.argoCdMessage;
  }
}

/**
 * The token or password is missing, wrong or expired (401, code 16). A
 * rate-limited login gets the same answer as one with a wrong password.
 *
 * @public
 */
export class ArgoCdUnauthenticatedError extends ArgoCdError {
  override name = 'ArgoCdUnauthenticatedError';
}

/**
 * A credential file can't be used; no call was made.
 *
 * @public
 */
export class ArgoCdCredentialsError extends ArgoCdError {
  override name = 'ArgoCdCredentialsError';
}

/**
 * The account lacks the permission (403, code 7). Argo CD also answers this for
 * an application that doesn't exist if the call doesn't give a project.
 *
 * @public
 */
export class ArgoCdForbiddenError extends ArgoCdError {
  override name = 'ArgoCdForbiddenError';
}

/**
 * The object doesn't exist (code 5).
 *
 * @public
 */
export class ArgoCdNotFoundError extends ArgoCdError {
  override name = 'ArgoCdNotFoundError';
}

/**
 * Not possible in the current state: an operation is running, automated sync is
 * on (400 with code 9), or another client changed the object (codes 6 and 10,
 * 409).
 *
 * @public
 */
export class ArgoCdConflictError extends ArgoCdError {
  override name = 'ArgoCdConflictError';
}

/**
 * Argo CD rejects the input (400 with code 3). This includes creating an
 * application that already exists with another spec.
 *
 * @public
 */
export class ArgoCdInvalidRequestError extends ArgoCdError {
  override name = 'ArgoCdInvalidRequestError';
}

/**
 * An invalid name or revision, found before any call was made.
 *
 * @public
 */
export class ArgoCdInvalidNameError extends ArgoCdInvalidRequestError {
  override name = 'ArgoCdInvalidNameError';
}

/**
 * No answer in time, no answer at all, or one that reports an unavailable part
 * of Argo CD (429, 502, 503, 504, codes 4, 8 and 14). A later call may succeed.
 *
 * @public
 */
export class ArgoCdUnreachableError extends ArgoCdError {
  override name = 'ArgoCdUnreachableError';
}

/**
 * No answer in time, or none to the end.
 *
 * @public
 */
export class ArgoCdTimeoutError extends ArgoCdUnreachableError {
  override name = 'ArgoCdTimeoutError';
}

/**
 * An error that arrived in an open stream.
 *
 * @public
 */
export class ArgoCdStreamError extends ArgoCdError {
  override name = 'ArgoCdStreamError';
}

/**
 * An answer that Argo CD wouldn't give to such a call (wrong URL, a proxy, a
 * redirect, an undocumented shape), or an internal error of Argo CD.
 *
 * @public
 */
export class ArgoCdUnexpectedResponseError extends ArgoCdError {
  override name = 'ArgoCdUnexpectedResponseError';
}

/**
 * An answer that is longer than the caller allows.
 *
 * @public
 */
export class ArgoCdTooLargeError extends ArgoCdUnexpectedResponseError {
  override name = 'ArgoCdTooLargeError';
}
