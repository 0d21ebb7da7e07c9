import type { IncomingMessage, ServerResponse } from 'node:http';
import { posix } from 'node:path';
import type { PartLogger } from '../../part';
import { messageOf } from '../../errors';
import { HttpError, send, sendJson, sendText } from '../../http/messages';
import { ApiError } from '../errors';
import type { Sessions } from '../rbac/Sessions';
import { sendStreamError } from './EventStream';
import type { Route, Routes } from './http';

const NOBODY = { subject: '', issuedAt: '' };

/**
 * Finds a request's route as Argo CD's gateway does, and sends what its handler
 * returns.
 */
export class Router {
  readonly #routes: (Route & { method: string; pattern: RegExp })[];

  constructor(
    routes: Routes,
    private readonly sessions: Sessions,
    private readonly logger: PartLogger,
  ) {
    this.#routes = Object.entries(routes).map(([name, route]) => {
      const [method, path] = name.split(' ');
      const source = path
        .replaceAll('{**}', '(.*)')
        .replaceAll('{}', '([^/]*)');
      return {
        ...(typeof route === 'function' ? { handler: route } : route),
        method,
        pattern: new RegExp(`^${source}$`, 's'),
      };
    });
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [rawPath, ...rest] = (req.url ?? '/').split('?');
    const query = rest.join('?');
    // As Go's path.Clean does it, but a trailing slash is kept.
    const clean = posix.normalize(`/${rawPath}`);
    if (clean !== rawPath) {
      const location = query ? `${clean}?${query}` : clean;
      res.setHeader('location', location);
      const html = `<a href="${encodeURI(
        location,
      )}">Temporary Redirect</a>.\n\n`;
      send(res, 307, 'text/html; charset=utf-8', html);
      return;
    }
    const { method = 'GET' } = req;
    const type = req.headers['content-type']?.toLowerCase();
    const reads = ['GET', 'HEAD', 'OPTIONS'].includes(method);
    if (!reads && type !== 'application/json') {
      refuse(req, res, 415, 'Invalid content type\n');
      return;
    }
    // The gateway decodes before it routes, so an encoded slash is a separator
    // like any other.
    const path = decodePath(rawPath);
    const matching = this.#routes.filter(({ pattern }) => pattern.test(path));
    const route = matching.find(one => one.method === method);
    if (route) {
      const params = (route.pattern.exec(path) ?? []).slice(1);
      await this.#answer(req, res, route, params, new URLSearchParams(query));
    } else if (matching.length) {
      refuse(req, res, 405, 'Method Not Allowed\n');
    } else {
      refuse(req, res, 404, 'Not Found\n');
    }
  }

  async #answer(
    req: IncomingMessage,
    res: ServerResponse,
    route: Route,
    params: string[],
    query: URLSearchParams,
  ): Promise<void> {
    try {
      const principal = route.open
        ? NOBODY
        : await this.sessions.authenticate(tokenOf(req));
      const value = await route.handler({ req, res, params, query, principal });
      if (value !== undefined) {
        sendJson(res, value);
      }
    } catch (error) {
      if (res.headersSent || res.destroyed) {
        res.destroy();
        return;
      }
      const failure = this.#failureOf(error, req);
      if (route.stream) {
        sendStreamError(req, res, failure);
      } else {
        sendJson(res, failure.body(), failure.status);
      }
    }
  }

  #failureOf(error: unknown, req: IncomingMessage): ApiError {
    if (error instanceof ApiError) {
      return error;
    }
    if (error instanceof HttpError) {
      return new ApiError('invalid', error.message);
    }
    const text = error instanceof Error ? error.stack : String(error);
    this.logger.error(`argocd: ${req.method} ${req.url}: ${text}`);
    return new ApiError('unknown', messageOf(error));
  }
}

function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  text: string,
): void {
  // Nothing reads the body. Without this, the connection couldn't be reused.
  req.resume();
  sendText(res, status, text);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The bearer token of a request, or the token in its cookie. */
export function tokenOf({ headers }: IncomingMessage): string | undefined {
  const bearer = /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '');
  const cookie = /(?:^|;\s*)argocd\.token=([^;]*)/.exec(headers.cookie ?? '');
  return (bearer ?? cookie)?.[1];
}
