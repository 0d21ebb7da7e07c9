import type {
  ErrorRequestHandler,
  NextFunction,
  Request,
  RequestHandler,
  Response,
} from 'express';
import type { PartLogger } from '../part';
import type { Accounts } from './Accounts';
import type { GitCommands } from './GitCommands';
import { GitHostError } from './names';
import type {
  HostedRepository,
  Repositories,
} from './repositories/Repositories';

/** The dependencies of the Git host's routes. */
export interface GitHostContext {
  git: GitCommands;
  accounts: Accounts;
  repositories: Repositories;
  logger: PartLogger;
  /** The host's URL without a trailing slash. Known only once it listens. */
  baseUrl: () => string;
}

/**
 * The repository of a request to `:owner/:repo`, with or without `.git`.
 *
 * @throws GitHostError 401 for wrong credentials, 404 if it doesn't exist
 */
export async function repositoryOf(
  { accounts, repositories }: GitHostContext,
  req: Request,
): Promise<HostedRepository> {
  accounts.viewer(req.headers.authorization);
  const { owner, repo } = req.params;
  const repository = await repositories.find(owner, repo.replace(/\.git$/, ''));
  if (!repository) {
    throw new GitHostError(404, "The target couldn't be found.");
  }
  return repository;
}

/**
 * An Express handler that may be asynchronous. Its errors go to the error
 * handler.
 */
export function handler(
  work: (req: Request, res: Response) => Promise<void> | void,
): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    Promise.resolve()
      .then(() => work(req, res))
      .catch(next);
  };
}

/**
 * Responds to a failed request. `send` formats the message. Unexpected errors
 * are logged, but not explained to the client.
 */
export function refusals(
  logger: PartLogger,
  send: (res: Response, message: string) => void,
): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    if (res.headersSent || res.destroyed) {
      // The client disconnected, or git failed in the middle of its response.
      res.destroy();
      return;
    }
    // Express's own errors (malformed JSON, malformed escapes in a path) have a
    // status, too.
    const hasStatus =
      error instanceof Error &&
      'status' in error &&
      typeof error.status === 'number' &&
      error.status < 500;
    if (!hasStatus) {
      logger.error(`Git host: ${req.method} ${req.path} failed: ${error}`);
    }
    const status = hasStatus ? Number(error.status) : 500;
    if (status === 401) {
      // Requests a user name and password, with Gitea's challenge.
      res.setHeader('www-authenticate', 'Basic realm="Gitea"');
    }
    res.status(status);
    send(res, hasStatus ? error.message : 'Internal server error');
  };
}

/** A query parameter that occurs exactly once and isn't empty. */
export function queryText(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A query parameter that is a positive number. */
export function queryNumber(req: Request, name: string): number | undefined {
  return Number(queryText(req, name)) || undefined;
}
