import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A part's HTTP server, with the sandbox's own controls in front of it.
 *
 * `POST /_sandbox/outage {"seconds": 30}` makes the part unreachable for that
 * long. Open connections are cut and new ones reset, as if its pod were gone.
 * Only paths below `/_sandbox/` still respond. `seconds: 0` ends an outage.
 */
export class HttpPart {
  readonly #server: Server;
  #outageUntil = 0;

  /** @param listener - handles every request outside of an outage */
  constructor(listener: RequestListener) {
    this.#server = createServer((req, res) => {
      if (req.url === '/_sandbox/outage' && req.method === 'POST') {
        let body = '';
        req.setEncoding('utf8');
        req.on('data', chunk => (body += chunk));
        req.on('end', () => {
          const seconds = secondsOf(body);
          if (seconds === undefined) {
            res.writeHead(400, { 'content-type': 'application/json' });
            res.end('{"error":"body must be {\\"seconds\\": number ≥ 0}"}\n');
            return;
          }
          this.#outageUntil = Date.now() + seconds * 1000;
          res.writeHead(204, { connection: 'close' });
          res.end(() => {
            if (seconds > 0) {
              this.#server.closeAllConnections();
            }
          });
        });
        return;
      }
      if (
        Date.now() < this.#outageUntil &&
        !req.url?.startsWith('/_sandbox/')
      ) {
        req.socket.destroy();
        return;
      }
      listener(req, res);
    });
    // Streams (server-sent events, large pushes) may stay open.
    this.#server.requestTimeout = 0;
  }

  /**
   * Listens on the given address. With port 0, the system picks one. Resolves
   * to the port.
   */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.removeListener('error', reject);
        resolve();
      });
    });
    const address = this.#server.address() as AddressInfo;
    return address.port;
  }

  /** Cuts all connections and closes the server. */
  async close(): Promise<void> {
    if (!this.#server.listening) {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.#server.close(error => (error ? reject(error) : resolve()));
      this.#server.closeAllConnections();
    });
  }
}

function secondsOf(body: string): number | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (parsed && typeof parsed === 'object' && 'seconds' in parsed) {
      const { seconds } = parsed;
      return typeof seconds === 'number' && seconds >= 0 ? seconds : undefined;
    }
  } catch {
    // Not JSON. The caller responds with a bad request.
  }
  return undefined;
}
