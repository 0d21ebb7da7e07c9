import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './Random';
import { StreamRelay, type StreamSettings } from './StreamRelay';
import { listenLocally, localHost, stopServer } from '../localServer';

const STREAM_PATH = '/api/v1/stream/applications';
const EXPIRED = 'invalid session: token has invalid claims: token is expired';
/** How far a replaying cache lags behind, in milliseconds. */
const LAG_MS = 4000;

/** What the proxy does to requests and streams, until it is set again. */
export interface ProxyFaults {
  /** The share of requests that fail, and how; `reset` breaks the connection. */
  fail?: { share: number; as: (500 | 503 | 'reset')[] };
  /** Responses are delayed by a random time in this range, in milliseconds. */
  delayMs?: [number, number];
  /**
   * Events are delayed by a random time in this range each, and keep their
   * order.
   */
  streamDelayMs?: [number, number];
  stream?: StreamSettings['fault'];
  /**
   * A new stream begins with older states, as from a cache that lags behind.
   */
  laggingReplay?: boolean;
}

/**
 * Simulates the worst possible network between a portal and Argo CD (or ECR).
 * Without faults it forwards everything unchanged, but adds heartbeats.
 */
export class FaultProxy {
  static async start(options: {
    target: string;
    random: Random;
  }): Promise<FaultProxy> {
    const proxy = new FaultProxy(options);
    await listenLocally(proxy.server);
    return proxy;
  }

  private readonly server: Server;
  private readonly streams = new Set<StreamRelay>();
  private recent: { at: number; data: string }[] = [];
  private readonly seenTokens = new Set<string>();
  private expired = new Set<string>();
  private faults: ProxyFaults = {};

  private constructor(
    private readonly options: Parameters<typeof FaultProxy.start>[0],
  ) {
    this.server = createServer((incoming, response) => {
      this.serve(incoming, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://${localHost(this.server)}`;
  }

  /** Replaces the current faults. */
  set(faults: ProxyFaults): void {
    this.faults = faults;
  }

  cutStreams(): void {
    this.streams.forEach(stream => stream.cut());
  }

  silenceStreams(): void {
    this.streams.forEach(stream => stream.silence());
  }

  /**
   * Rejects every token used so far from now on, and sends that error to open
   * streams.
   */
  expireTokens(): void {
    this.expired = new Set(this.seenTokens);
    for (const stream of this.streams) {
      stream.fail({
        grpc_code: 16,
        http_code: 401,
        message: EXPIRED,
        http_status: 'Unauthorized',
      });
    }
  }

  /** Accepts the configured tokens again. */
  acceptTokens(): void {
    this.expired.clear();
  }

  stop(): Promise<void> {
    return stopServer(this.server);
  }

  private async serve(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { random } = this.options;
    const { fail, delayMs } = this.faults;
    const body = await readBody(incoming);
    if (delayMs) {
      await sleep(random.between(...delayMs));
    }
    if (fail && random.chance(fail.share)) {
      const how = fail.as[random.integer(0, fail.as.length - 1)];
      failAs(how, response);
      return;
    }
    const token = incoming.headers.authorization;
    if (token !== undefined && this.expired.has(token)) {
      sendJson(response, 401, { error: EXPIRED, code: 16, message: EXPIRED });
      return;
    }
    if (token !== undefined) {
      this.seenTokens.add(token);
    }
    await this.forward(incoming, body, response);
  }

  private async forward(
    incoming: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const target = new URL(incoming.url ?? '/', this.options.target);
    await new Promise<void>((resolve, reject) => {
      const outgoing = request(
        target,
        { method: incoming.method, headers: incoming.headers },
        upstream => {
          if (
            target.pathname === STREAM_PATH &&
            upstream.headers['content-type'] === 'text/event-stream' &&
            upstream.statusCode === 200
          ) {
            this.relay(upstream, response);
          } else {
            response.writeHead(upstream.statusCode ?? 502, upstream.headers);
            upstream.pipe(response);
          }
          resolve();
        },
      );
      outgoing.once('error', reject);
      response.once('close', () => outgoing.destroy());
      outgoing.end(body);
    });
  }

  private relay(upstream: IncomingMessage, downstream: ServerResponse): void {
    // A lagging cache catches up: it replays everything that happened since, in
    // order.
    const first = this.faults.laggingReplay
      ? this.recent
          .filter(({ at }) => Date.now() - at < LAG_MS)
          .map(({ data }) => data)
      : [];
    const relay = new StreamRelay({
      upstream,
      downstream,
      random: this.options.random,
      settings: () => ({
        ...(this.faults.stream && { fault: this.faults.stream }),
        ...(this.faults.streamDelayMs && {
          delayMs: this.faults.streamDelayMs,
        }),
      }),
      onEvent: data => this.remember(data),
      first,
    });
    this.streams.add(relay);
    downstream.once('close', () => this.streams.delete(relay));
  }

  private remember(data: string): void {
    const at = Date.now();
    this.recent = this.recent.filter(event => at - event.at < LAG_MS);
    this.recent.push({ at, data });
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failAs(how: 500 | 503 | 'reset', response: ServerResponse): void {
  if (how === 'reset') {
    response.destroy();
  } else if (how === 500) {
    const message = 'rpc error: code = Internal desc = transport is closing';
    sendJson(response, 500, { error: message, code: 13, message });
  } else {
    // As a load balancer responds when its targets are down.
    response.writeHead(503, { 'content-type': 'text/html' });
    response.end(
      '<html><head><title>503 Service Temporarily Unavailable</title></head></html>',
    );
  }
}

function sendJson(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
