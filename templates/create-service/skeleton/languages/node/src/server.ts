import { createServer, type Server } from 'node:http';

export interface ServiceOptions {
  name: string;
  version: string;
  /** Whether the service gets no new requests any more. */
  isEnding: () => boolean;
  /** Called for every answer. */
  log: (entry: Record<string, unknown>) => void;
}

/**
 * Answers /livez and /readyz for Kubernetes, and every other path with the service's
 * name and version.
 */
export function createService(options: ServiceOptions): Server {
  const { name, version, isEnding, log } = options;
  return createServer((request, response) => {
    const startedAt = performance.now();
    const [path] = (request.url ?? '/').split('?');
    if (path === '/livez') {
      response.writeHead(204).end();
      return;
    }
    if (path === '/readyz') {
      response.writeHead(isEnding() ? 503 : 204).end();
      return;
    }
    response.on('finish', () =>
      log({
        message: 'answered',
        method: request.method,
        path,
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - startedAt),
      }),
    );
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ name, version }));
  });
}
