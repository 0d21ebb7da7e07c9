import { basicAuthorization } from '@landfall/testing-kit';
import type {
  ErrorRequestHandler,
  NextFunction,
  Request,
  RequestHandler,
  Response,
} from 'express';
import { z } from 'zod';
import type { GitUser } from '../config';
import { HttpError } from '../http/messages';
import type { PartLogger } from '../part';
import type { GitCommands } from './GitCommands';
import type {
  HostedRepository,
  Repositories,
} from './repositories/Repositories';

/** The dependencies of the Git host's routes. */
export interface GitHostContext {
  git: GitCommands;
  /** Anyone may read everything, and every user may write everything. */
  users: GitUser[];
  repositories: Repositories;
  logger: PartLogger;
  /** The host's URL without a trailing slash. Known only once it listens. */
  baseUrl: () => string;
}

/**
 * The user who sent a request; undefined for an anonymous one.
 *
 * @throws HttpError 401 for unknown credentials
 */
export function viewerOf(
  { users }: Pick<GitHostContext, 'users'>,
  { headers }: Pick<Request, 'headers'>,
): GitUser | undefined {
  const { authorization } = headers;
  if (!authorization) {
    return undefined;
  }
  const given = authorization.replace(/^basic +/i, 'Basic ');
  const user = users.find(
    one => one.password !== '' && given === basicAuthorization(one),
  );
  if (!user) {
    throw new HttpError(401, 'invalid username or password');
  }
  return user;
}

/** Like {@link viewerOf}, but an anonymous request is a 401, too. */
export function signedInUser(context: GitHostContext, req: Request): GitUser {
  const viewer = viewerOf(context, req);
  if (!viewer) {
    throw new HttpError(401, 'Unauthorized');
  }
  return viewer;
}

/**
 * The repository of a request to `:owner/:repo`, with or without `.git`.
 *
 * @throws HttpError 401 for wrong credentials, 404 if it doesn't exist
 */
export async function repositoryOf(
  context: GitHostContext,
  req: Request,
): Promise<HostedRepository> {
  viewerOf(context, req);
  const { owner, repo } = req.params;
  const name = repo.replace(/\.git$/, '');
  const repository = await context.repositories.find(owner, name);
  if (!repository) {
    throw new HttpError(404, "The target couldn't be found.");
  }
  return repository;
}

/**
 * An Express handler that may be asynchronous. What it returns is sent as JSON;
 * its errors go to the error handler.
 */
export function handler(
  work: (req: Request, res: Response) => unknown,
): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    Promise.resolve()
      .then(() => work(req, res))
      .then(value => value === undefined || res.json(value))
      .catch(next);
  };
}

/** A {@link handler} of requests to `:owner/:repo`, which gets the repository. */
export function onRepository(
  context: GitHostContext,
  work: (repository: HostedRepository, req: Request, res: Response) => unknown,
): RequestHandler {
  return handler(async (req, res) =>
    work(await repositoryOf(context, req), req, res),
  );
}

/** @throws HttpError 422 for a body that doesn't fit the schema */
export function bodyOf<T>(schema: z.ZodType<T>, { body }: Request): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new HttpError(422, z.prettifyError(parsed.error));
  }
  return parsed.data;
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

/** Gitea's page size, which is also the largest. */
const PAGE_SIZE = 50;

/** The page of a list that a request asks for: where it begins, and its size. */
export function pagingOf(req: Request): { skip: number; limit: number } {
  const number = (name: string) => Number(queryText(req, name)) || undefined;
  const limit = Math.min(number('limit') ?? PAGE_SIZE, PAGE_SIZE);
  return { skip: ((number('page') ?? 1) - 1) * limit, limit };
}

/** The page of a list that a request asks for. */
export function pageOf<T>(req: Request, all: T[]): T[] {
  const { skip, limit } = pagingOf(req);
  return all.slice(skip, skip + limit);
}
