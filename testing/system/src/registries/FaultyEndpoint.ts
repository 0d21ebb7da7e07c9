import { createServer, type Server } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { forwardRequest } from '../forwardRequest';
import { listenLocally, localHost, stopServer } from '../localServer';

/**
 * How ECR's API fails. `answer lost`: the call is carried out, and the connection
 * ends before the answer.
 */
export const FAULTS = [
  'throttled',
  'access denied',
  'connection reset',
  'answer lost',
] as const;
export type Fault = (typeof FAULTS)[number];

const REFUSALS: Partial<Record<Fault, object>> = {
  throttled: { __type: 'ThrottlingException', message: 'Rate exceeded' },
  'access denied': {
    __type: 'AccessDeniedException',
    message: 'User is not authorized to perform this',
  },
};

/** In front of an ECR API: fails from a given call on. */
export class FaultyEndpoint {
  static async start(upstream: string): Promise<FaultyEndpoint> {
    const endpoint = new FaultyEndpoint(upstream);
    await listenLocally(endpoint.server);
    return endpoint;
  }

  /** How many calls there were since the last `begin`. */
  calls = 0;
  private fault?: { from: number; kind: Fault };
  private readonly server: Server = createServer((incoming, response) => {
    this.handle(incoming, response).catch(() => incoming.socket.destroy());
  });

  private constructor(private readonly upstream: string) {}

  get url(): string {
    return `http://${localHost(this.server)}`;
  }

  /** Counts from 1 again. Without a fault, every call is passed on. */
  begin(fault?: { from: number; kind: Fault }): void {
    this.calls = 0;
    this.fault = fault;
  }

  stop(): Promise<void> {
    return stopServer(this.server);
  }

  private async handle(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.calls += 1;
    const body = await buffer(incoming);
    const { fault } = this;
    const isFaulty = fault !== undefined && this.calls >= fault.from;
    const refusal = isFaulty && REFUSALS[fault.kind];
    if (refusal) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(refusal));
      return;
    }
    // Only the first answer is lost: a killed process makes no further call.
    const isLost = fault?.kind === 'answer lost' && this.calls === fault.from;
    if (isFaulty && !isLost) {
      incoming.socket.destroy();
      return;
    }
    const answer = await forwardRequest(this.upstream, incoming, body);
    if (isLost) {
      incoming.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  }
}
