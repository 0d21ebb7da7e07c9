import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

/** A response on its way back to the client. */
interface Passing {
  method: string;
  /** Path with query. */
  path: string;
  status: number;
  body: string;
}

/**
 * Changes a response. `undefined` leaves it unchanged, `cut` closes the
 * connection.
 */
export type Tamper = (
  answer: Passing,
) => { status?: number; body?: string } | 'cut' | undefined;

/** A proxy that forwards an HTTP server's responses, as changed by `tamper`. */
export class TamperingProxy {
  readonly #server: Server;
  #url = '';

  private constructor(target: string, tamper: Tamper) {
    this.#server = createServer((req, res) =>
      this.#pass(new URL(target), tamper, req, res),
    );
  }

  static async start(target: string, tamper: Tamper): Promise<TamperingProxy> {
    const proxy = new TamperingProxy(target, tamper);
    await new Promise<void>(resolve =>
      proxy.#server.listen(0, '127.0.0.1', resolve),
    );
    const address = proxy.#server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    proxy.#url = `http://127.0.0.1:${port}`;
    return proxy;
  }

  get url(): string {
    return this.#url;
  }

  async stop(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #pass(
    target: URL,
    tamper: Tamper,
    req: IncomingMessage,
    res: ServerResponse,
  ): void {
    const { method = 'GET', url: path = '/' } = req;
    const streams = path.startsWith('/api/v1/stream/');
    const upstream = request(
      {
        host: target.hostname,
        port: target.port,
        method,
        path,
        headers: { ...req.headers, host: target.host },
      },
      answer => {
        const { statusCode = 0, headers } = answer;
        if (streams) {
          res.writeHead(statusCode, headers);
          answer.pipe(res);
          return;
        }
        const chunks: Buffer[] = [];
        answer.on('data', chunk => chunks.push(chunk));
        answer.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          const change = tamper({ method, path, status: statusCode, body });
          if (change === 'cut') {
            res.destroy();
            return;
          }
          const text = change?.body ?? body;
          res.writeHead(change?.status ?? statusCode, {
            ...headers,
            'content-length': Buffer.byteLength(text),
          });
          res.end(text);
        });
      },
    );
    upstream.on('error', () => res.destroy());
    res.on('close', () => upstream.destroy());
    req.pipe(upstream);
  }
}
