import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';

/** What never arrives of a request that changes something. */
export type Withheld = 'answer' | 'request';

/**
 * Stands before an Argo CD. It can withhold what changes an application, or the answer
 * to it, as a network does that breaks at the wrong moment.
 */
export class AnswerRelay {
  static async start(target: string): Promise<AnswerRelay> {
    const relay = new AnswerRelay(target);
    await new Promise<void>((resolve, reject) => {
      relay.server.once('error', reject);
      relay.server.listen(0, '127.0.0.1', resolve);
    });
    return relay;
  }

  private readonly withheld = new Map<string, Withheld>();
  private readonly received: string[] = [];
  private readonly answered: string[] = [];
  private readonly server: Server;

  private constructor(private readonly target: string) {
    this.server = createServer((req, res) => this.handle(req, res));
  }

  get url(): string {
    const address = this.server.address();
    if (!address || typeof address === 'string') {
      throw new Error('The relay does not listen');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  /** Withholds it for an application from now on. */
  withhold(application: string, what: Withheld): void {
    this.withheld.set(application, what);
  }

  /** Lets everything pass again. What was withheld stays so. */
  release(application: string): void {
    this.withheld.delete(application);
  }

  /** How many requests of a portal were to change an application. */
  receivedFor(application: string): number {
    return this.received.filter(name => name === application).length;
  }

  /** How many of them Argo CD has answered. */
  answeredFor(application: string): number {
    return this.answered.filter(name => name === application).length;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private handle(req: IncomingMessage, res: ServerResponse): void {
    const { pathname } = new URL(req.url ?? '/', this.target);
    const [, name] =
      (req.method === 'POST' &&
        /^\/api\/v1\/applications\/([^/]+)\//.exec(pathname)) ||
      [];
    if (name === undefined) {
      this.forward(req, res, answer => pass(answer, res));
      return;
    }
    this.received.push(name);
    const withheld = this.withheld.get(name);
    if (withheld === 'request') {
      req.resume();
      return;
    }
    this.forward(req, res, answer => {
      this.answered.push(name);
      if (withheld === 'answer') {
        answer.resume();
      } else {
        pass(answer, res);
      }
    });
  }

  private forward(
    req: IncomingMessage,
    res: ServerResponse,
    deliver: (answer: IncomingMessage) => void,
  ): void {
    const upstream = request(
      new URL(req.url ?? '/', this.target),
      { method: req.method, headers: req.headers },
      deliver,
    );
    upstream.once('error', error => res.destroy(error));
    res.once('close', () => upstream.destroy());
    req.pipe(upstream);
  }
}

function pass(answer: IncomingMessage, res: ServerResponse): void {
  res.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(res);
}
