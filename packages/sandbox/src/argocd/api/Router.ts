import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PartLogger } from '../../part';
import { ApiError } from '../errors';
import type { Principal, Sessions } from '../rbac/Sessions';
import { send, sendText, type Call, type Route } from './http';
import { sendStreamError } from './EventStream';

const NOBODY: Principal = { subject: '', issuedAt: '' };

/**
 * Finds a request's route as Argo CD's gateway does, and sends what its handler
 * returns.
 */
export class Router {
  readonly #routes: { route: Route; pattern: string[] }[];
  readonly #sessions: Sessions;
  readonly #logger: PartLogger;
  readonly #flush: () => void;

  /**
   * @param flush - makes changes durable; called before the response to a write
   */
  constructor(
    routes: Route[],
    sessions: Sessions,
    logger: PartLogger,
    flush: () => void,
  ) {
    this.#routes = routes.map(route => ({
      route,
      pattern: route.path.split('/').slice(1),
    }));
    this.#sessions = sessions;
    this.#logger = logger;
    this.#flush = flush;
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [rawPath, rawQuery = ''] = splitUrl(req.url ?? '/');
    const clean = cleanPath(rawPath);
    if (clean !== rawPath) {
      const location = rawQuery ? `${clean}?${rawQuery}` : clean;
      res.setHeader('location', location);
      send(
        res,
        307,
        'text/html; charset=utf-8',
        `<a href="${location.replace(
          /"/g,
          '&quot;',
        )}">Temporary Redirect</a>.\n\n`,
      );
      return;
    }
    const method = req.method ?? 'GET';
    const type = req.headers['content-type']?.toLowerCase();
    if (
      method !== 'GET' &&
      method !== 'HEAD' &&
      method !== 'OPTIONS' &&
      type !== 'application/json'
    ) {
      // Nothing reads the body. Without this, the connection couldn't be
      // reused.
      req.resume();
      sendText(res, 415, 'Invalid content type\n');
      return;
    }
    // The gateway decodes before it routes, so an encoded slash is a separator
    // like any other.
    const segments = decodePath(rawPath).split('/').slice(1);
    const matching = this.#routes.flatMap(({ route, pattern }) => {
      const params = match(pattern, segments);
      return params ? [{ route, params }] : [];
    });
    const found = matching.find(({ route }) => route.method === method);
    if (!found) {
      req.resume();
      const known = matching.length > 0;
      sendText(
        res,
        known ? 405 : 404,
        known ? 'Method Not Allowed\n' : 'Not Found\n',
      );
      return;
    }
    await this.#answer(
      req,
      res,
      found.route,
      found.params,
      new URLSearchParams(rawQuery),
    );
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
        : this.#sessions.authenticate(tokenOf(req));
      const call: Call = { req, res, params, query, principal };
      const value = await route.handler(call);
      if (route.method !== 'GET') {
        this.#flush();
      }
      if (value !== undefined) {
        send(res, 200, 'application/json', JSON.stringify(value));
      }
    } catch (error) {
      if (res.headersSent || res.destroyed) {
        res.destroy();
        return;
      }
      if (!(error instanceof ApiError)) {
        this.#logger.error(
          `argocd: ${req.method} ${req.url}: ${
            error instanceof Error ? error.stack : String(error)
          }`,
        );
      }
      const failure =
        error instanceof ApiError ? error : ApiError.unknown(String(error));
      if (route.stream) {
        sendStreamError(req, res, failure);
      } else {
        send(res, failure.status, 'application/json', failure.body());
      }
    }
  }
}

function splitUrl(url: string): string[] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
}

/** Go's path.Clean on the raw path, except that a trailing slash is kept. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  const clean = `/${parts.join('/')}`;
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%([0-9a-fA-F]{2})/g, (_, hex) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
  }
}

function match(pattern: string[], segments: string[]): string[] | undefined {
  const params: string[] = [];
  for (const [i, part] of pattern.entries()) {
    if (part === '{**}') {
      return segments.length > i
        ? [...params, segments.slice(i).join('/')]
        : undefined;
    }
    if (i >= segments.length) {
      return undefined;
    }
    if (part === '{}') {
      params.push(segments[i]);
    } else if (part !== segments[i]) {
      return undefined;
    }
  }
  return pattern.length === segments.length ? params : undefined;
}

/** The bearer token of a request, or the token in its cookie. */
export function tokenOf(req: IncomingMessage): string | undefined {
  const bearer = /^bearer\s+(\S+)$/i.exec(req.headers.authorization ?? '');
  if (bearer) {
    return bearer[1];
  }
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === 'argocd.token') {
      return value;
    }
  }
  return undefined;
}
