import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  /** Path and query as received. */
  url: string;
  pathname: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Handler = (
  request: ReceivedRequest,
  response: ServerResponse,
) => unknown;

/** A real HTTP server on a free port of the loopback interface. */
export class TestServer {
  static async start(handler: Handler): Promise<TestServer> {
    const received: ReceivedRequest[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const url = new URL(request.url ?? '/', 'http://localhost');
      const one: ReceivedRequest = {
        method: request.method ?? '',
        url: request.url ?? '',
        pathname: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      received.push(one);
      await handler(one, response);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return new TestServer(`http://127.0.0.1:${port}`, received, async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    });
  }

  private constructor(
    readonly url: string,
    readonly received: ReceivedRequest[],
    readonly stop: () => Promise<void>,
  ) {}
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
