import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiError } from '../errors';

/** Interval of the comment that keeps a quiet stream alive. */
const HEARTBEAT_MS = 15_000;

/**
 * Only this exact value gets server-sent events; anything else gets lines of
 * JSON.
 */
function isEventStream({ headers }: IncomingMessage): boolean {
  return headers.accept === 'text/event-stream';
}

function typeOf(sse: boolean) {
  return { 'content-type': sse ? 'text/event-stream' : 'application/json' };
}

/**
 * The body of a stream. Nothing is sent before the first event, not even
 * headers. Heartbeats start with the first event, and only for server-sent
 * events.
 */
export class EventStream {
  readonly #sse: boolean;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(req: IncomingMessage, private readonly res: ServerResponse) {
    this.#sse = isEventStream(req);
  }

  /** Calls back when the caller disconnects or the server closes the stream. */
  onClose(run: () => void): void {
    this.res.on('close', () => {
      clearInterval(this.#heartbeat);
      run();
    });
  }

  send(json: string): void {
    if (this.res.destroyed) {
      return;
    }
    if (!this.res.headersSent) {
      this.res.writeHead(200, typeOf(this.#sse));
      if (this.#sse) {
        const beat = () => this.res.write(':\n');
        this.#heartbeat = setInterval(beat, HEARTBEAT_MS);
      }
    }
    this.res.write(this.#sse ? `data: ${json} \n\n\n` : `${json}\n`);
  }
}

/**
 * Sends an error instead of a stream: with its HTTP status, in the format of
 * streams.
 */
export function sendStreamError(
  req: IncomingMessage,
  res: ServerResponse,
  error: ApiError,
): void {
  const sse = isEventStream(req);
  res.writeHead(error.status, typeOf(sse));
  res.end(sse ? `data: ${error.streamBody()} \n\n` : `${error.streamBody()}\n`);
}
