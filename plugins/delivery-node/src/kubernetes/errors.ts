/**
 * Why Kubernetes couldn't be read.
 *
 * - `unauthenticated`, `forbidden`: 401 and 403.
 * - `not-found`: 404, as for a kind that the cluster doesn't have.
 * - `gone`: 410, the resource version is too old to continue from.
 * - `unreachable`: no answer in time, or one that says that the API is overloaded
 *   (429, 500, 502, 503, 504).
 * - `not-configured`: an address or a token is missing; no call was made.
 * - `unexpected`: an answer that the Kubernetes API doesn't give, or one that
 *   exceeds a limit.
 *
 * @public
 */
export type KubernetesErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'unreachable'
  | 'not-configured'
  | 'unexpected';

/**
 * A failed call to the Kubernetes API. Its message is a sentence for people.
 *
 * @public
 */
export class KubernetesError extends Error {
  override name = 'KubernetesError';

  constructor(
    readonly code: KubernetesErrorCode,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

const CODES: Record<number, KubernetesErrorCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  410: 'gone',
  429: 'unreachable',
  500: 'unreachable',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

/** The code for the HTTP status of an answer, or the code of a `Status` object. */
export function codeOfStatus(status: number): KubernetesErrorCode {
  return CODES[status] ?? 'unexpected';
}
