import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { forwardRequest } from '../../forwardRequest';
import { listenLocally, localHost, stopServer } from '../../localServer';
import type { Life } from './Life';

export type WriteOf = (
  request: IncomingMessage,
  body: string,
) => string | undefined;

export interface WriteGateOptions {
  life: Life;
  /** The name of a request that changes something; undefined for any other. */
  writeOf: WriteOf;
}

/**
 * Stands before a system that a portal writes to. Reads pass; writes are part of the
 * portal's life.
 */
export class WriteGate {
  static async start(options: WriteGateOptions): Promise<WriteGate> {
    const gate = new WriteGate(options);
    await listenLocally(gate.server);
    return gate;
  }

  /** Base URL of the system; needed before the first request. */
  upstream = '';
  private readonly server: Server = createServer((incoming, response) => {
    this.handle(incoming, response).catch(() => incoming.socket.destroy());
  });

  private constructor(private readonly options: WriteGateOptions) {}

  get host(): string {
    return localHost(this.server);
  }

  get url(): string {
    return `http://${this.host}`;
  }

  stop(): Promise<void> {
    return stopServer(this.server);
  }

  private async handle(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await buffer(incoming);
    const forward = () => forwardRequest(this.upstream, incoming, body);
    const write = this.options.writeOf(incoming, String(body));
    const answer = await (write
      ? this.options.life.write(write, forward)
      : forward());
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  }
}
