import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a repository server takes to read a commit from its clone. */
const REVISION_MS = 25;

/**
 * Forwards requests to an Argo CD and counts them. Answers about revisions take as
 * long as those of a repository server. It can stop answering, as behind a
 * firewall that drops packets.
 */
export class ArgoCdRelay {
  static async start(target: string): Promise<ArgoCdRelay> {
    const relay = new ArgoCdRelay(target);
    await new Promise<void>((resolve, reject) => {
      relay.server.once('error', reject);
      relay.server.listen(0, '127.0.0.1', resolve);
    });
    return relay;
  }

  /** How many requests arrived. */
  requests = 0;
  /** Whether requests stay unanswered. */
  hangs = false;
  private isCut = false;
  private readonly server: Server;

  private constructor(private readonly target: string) {
    this.server = createServer((req, res) => {
      this.requests++;
      if (this.isCut) {
        req.socket.destroy();
      } else if (!this.hangs) {
        this.forward(req, res).catch(error => res.destroy(error));
      }
    });
  }

  get url(): string {
    const address = this.server.address();
    if (!address || typeof address === 'string') {
      throw new Error('The relay does not listen');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  /** Ends all connections and accepts no request until it is restored. */
  cut(): void {
    this.isCut = true;
    this.server.closeAllConnections();
  }

  restore(): void {
    this.isCut = false;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async forward(
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    if (/\/revisions\/[^/]+\/metadata/.test(req.url ?? '')) {
      await sleep(REVISION_MS);
    }
    const upstream = request(
      new URL(req.url ?? '/', this.target),
      { method: req.method, headers: req.headers },
      answer => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    upstream.once('error', error => res.destroy(error));
    res.once('close', () => upstream.destroy());
    req.pipe(upstream);
  }
}
