import type {
  ErrorRequestHandler,
  NextFunction,
  Request,
  RequestHandler,
  Response,
} from 'express';
import type { PartLogger } from '../part';
import { toRefusal } from './errors';

/** Requests a user name and password, with Gitea's challenge. */
const CHALLENGE = 'Basic realm="Gitea"';

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

/** Responds to a failed request. `send` formats the message. */
export function refusals(
  logger: PartLogger,
  send: (res: Response, message: string) => void,
): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const { status, message } = toRefusal(error);
    if (res.headersSent || res.destroyed) {
      // The client disconnected, or git failed in the middle of its response.
      res.destroy();
      return;
    }
    if (status === 500) {
      logger.error(`Git host: ${req.method} ${req.path} failed: ${error}`);
    }
    if (status === 401) {
      res.setHeader('www-authenticate', CHALLENGE);
    }
    res.status(status);
    send(res, message);
  };
}

/** A query parameter that occurs exactly once and isn't empty. */
export function queryText(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A query parameter as a positive integer. */
export function queryNumber(
  req: Request,
  name: string,
  fallback: number,
): number {
  const value = Number(queryText(req, name));
  return Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
