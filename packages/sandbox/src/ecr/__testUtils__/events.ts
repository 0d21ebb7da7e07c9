import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as an events ingress received it. */
export interface ReceivedEvent {
  method?: string;
  url?: string;
  headers: IncomingHttpHeaders;
  body: { id: string; 'detail-type': string; detail: Record<string, unknown> };
}

/**
 * The target of an API destination. Keeps received events, and responds with
 * the configured statuses.
 */
export class EventTarget {
  readonly received: ReceivedEvent[] = [];
  /** Statuses of the next responses; 200 when empty. */
  readonly statuses: number[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((req, res) => {
      let text = '';
      req.setEncoding('utf8');
      req.on('data', chunk => (text += chunk));
      req.on('end', () => {
        const { method, url, headers } = req;
        this.received.push({ method, url, headers, body: JSON.parse(text) });
        res.writeHead(this.statuses.shift() ?? 200);
        res.end();
      });
    });
  }

  static async start(): Promise<EventTarget> {
    const target = new EventTarget();
    await new Promise<void>(resolve =>
      target.#server.listen(0, '127.0.0.1', resolve),
    );
    return target;
  }

  get port(): number {
    const address = this.#server.address() as AddressInfo;
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/api/events/http/ecr`;
  }

  async close(): Promise<void> {
    if (this.#server.listening) {
      this.#server.closeAllConnections();
      await new Promise(resolve => this.#server.close(resolve));
    }
  }
}
