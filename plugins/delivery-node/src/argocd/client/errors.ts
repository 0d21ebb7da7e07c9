/**
 * What is known of a failure. `message` of the error is a sentence for people;
 * `argoCdMessage` is Argo CD's own.
 *
 * @public
 */
export interface ArgoCdErrorOptions {
  /** Name of the instance in the configuration. */
  instance: string;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** gRPC code, where Argo CD gave one. */
  code?: number;
  argoCdMessage?: string;
  cause?: unknown;
}

/**
 * A call to Argo CD that failed. The subclasses are told apart by HTTP status
 * and gRPC code, never by the text of the message.
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
 * Token or password is missing, wrong or expired (401, code 16). A login that
 * is rate-limited gets the same answer as one with a wrong password.
 *
 * @public
 */
export class ArgoCdUnauthenticatedError extends ArgoCdError {
  override name = 'ArgoCdUnauthenticatedError';
}

/**
 * A file with a credential can't be used; no call was made.
 *
 * @public
 */
export class ArgoCdCredentialsError extends ArgoCdError {
  override name = 'ArgoCdCredentialsError';
}

/**
 * The account may not do this (403, code 7). Argo CD also answers this for an
 * application that doesn't exist, when the call names no project.
 *
 * @public
 */
export class ArgoCdForbiddenError extends ArgoCdError {
  override name = 'ArgoCdForbiddenError';
}

/**
 * There is no such object (code 5).
 *
 * @public
 */
export class ArgoCdNotFoundError extends ArgoCdError {
  override name = 'ArgoCdNotFoundError';
}

/**
 * Not possible in the present state: an operation is running, automated sync is
 * on (400 with code 9), or somebody else changed it (codes 6 and 10, 409).
 *
 * @public
 */
export class ArgoCdConflictError extends ArgoCdError {
  override name = 'ArgoCdConflictError';
}

/**
 * Argo CD refuses what it was given (400 with code 3). Creating an application
 * that exists with another spec is one of these.
 *
 * @public
 */
export class ArgoCdInvalidRequestError extends ArgoCdError {
  override name = 'ArgoCdInvalidRequestError';
}

/**
 * A name or revision that can't be one, found before any call was made.
 *
 * @public
 */
export class ArgoCdInvalidNameError extends ArgoCdInvalidRequestError {
  override name = 'ArgoCdInvalidNameError';
}

/**
 * No answer in time, none at all, or one that says that a part of Argo CD is
 * away (429, 502, 503, 504, codes 4, 8 and 14). It may work later.
 *
 * @public
 */
export class ArgoCdUnreachableError extends ArgoCdError {
  override name = 'ArgoCdUnreachableError';
}

/**
 * An error that came inside of an open stream.
 *
 * @public
 */
export class ArgoCdStreamError extends ArgoCdError {
  override name = 'ArgoCdStreamError';
}

/**
 * An answer that Argo CD doesn't give to such a call (wrong URL, a proxy, a
 * redirect, an undocumented shape) or an internal error of Argo CD.
 *
 * @public
 */
export class ArgoCdUnexpectedResponseError extends ArgoCdError {
  override name = 'ArgoCdUnexpectedResponseError';
}
