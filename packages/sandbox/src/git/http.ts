import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Asks for a user name and a password, in Gitea's words. */
export const CHALLENGE = 'Basic realm="Gitea"';

/** An express handler that may be asynchronous; what it throws goes to the error handler. */
export function handler(
  work: (req: Request, res: Response) => Promise<void> | void,
): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    Promise.resolve()
      .then(() => work(req, res))
      .catch(next);
  };
}

/** A query parameter that was given once. */
export function queryText(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A query parameter as a positive whole number. */
export function queryNumber(
  req: Request,
  name: string,
  fallback: number,
): number {
  const value = Number(queryText(req, name));
  return Number.isSafeInteger(value) && value > 0 ? value : fallback;
}
