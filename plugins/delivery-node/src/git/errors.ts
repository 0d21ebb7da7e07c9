import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Errors } from 'isomorphic-git';

/**
 * Instead of its refs, a host may send one line with the reason why not:
 * https://git-scm.com/docs/gitprotocol-pack#_pkt_line_format.
 */
const ERROR_LINE = 'ERR ';

/**
 * Turns an error of isomorphic-git into one that states what to do.
 *
 * @internal
 */
export function explainGitError(error: unknown, url: string): unknown {
  if (error instanceof Errors.UserCanceledError) {
    return new InputError(
      `The Git host of ${url} refused the credentials. Check those under integrations in the configuration`,
      error,
    );
  }
  if (error instanceof Errors.HttpError) {
    const { statusCode } = error.data;
    if (statusCode === 404) {
      return new NotFoundError(
        `The repository ${url} doesn't exist, or the configured credentials can't access it`,
        error,
      );
    }
    if (statusCode === 403) {
      return new InputError(
        `The configured credentials may not do this in ${url}. Grant them permission to read and push`,
        error,
      );
    }
    if (statusCode >= 500) {
      return new ServiceUnavailableError(
        `${url} was answered with status ${statusCode}. Try again later`,
        error,
      );
    }
  }
  if (error instanceof Errors.GitPushError) {
    return new ConflictError(`${url} refused the push: ${error.message}`);
  }
  if (
    error instanceof Errors.ParseError &&
    error.data.actual.startsWith(ERROR_LINE)
  ) {
    // The host's reason is prose. Where it isn't that the repository is missing, what
    // is done about a missing one fails with the real reason.
    return new NotFoundError(
      `The repository ${url} doesn't exist, or the configured credentials can't access it: ${error.data.actual
        .slice(ERROR_LINE.length)
        .trim()}`,
      error,
    );
  }
  if (error instanceof Errors.SmartHttpError) {
    return new InputError(`${url} is not a Git repository`, error);
  }
  return error;
}
