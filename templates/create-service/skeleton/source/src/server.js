import { createServer } from 'node:http';

/**
 * Answers /livez and /readyz for Kubernetes, and every other path with the service's
 * name and version.
 *
 * @param options.isEnding - whether the service gets no new requests any more
 * @param options.log - called with an object for every answer
 */
export function createService({ name, version, isEnding, log }) {
  return createServer((request, response) => {
    const startedAt = performance.now();
    const [path] = request.url.split('?');
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
