import { createServer } from 'node:http';

/** Answers /healthz for Kubernetes, and every other path with the service's name and version. */
export function createService({ name, version }) {
  return createServer((request, response) => {
    if (request.url === '/healthz') {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ name, version }));
  });
}
