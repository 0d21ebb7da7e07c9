import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiError } from '../errors';

/**
 * Only this exact value gets server-sent events; anything else gets lines of
 * JSON.
 */
function isEventStream(req: IncomingMessage): boolean {
  return req.headers.accept === 'text/event-stream';
}

/** Interval of the comment that keeps a quiet stream alive. */
const HEARTBEAT_MS = 15_000;

/**
 * The body of a stream. Nothing is sent before the first event, not even
 * headers. Heartbeats start with the first event, and only for server-sent
 * events.
 */
export class EventStream {
  readonly #res: ServerResponse;
  readonly #sse: boolean;
  #heartbeat: NodeJS.Timeout | undefined;
  #onClose: (() => void)[] = [];
  #closed = false;

  constructor(req: IncomingMessage, res: ServerResponse) {
    this.#res = res;
    this.#sse = isEventStream(req);
    res.on('close', () => {
      this.#closed = true;
      clearInterval(this.#heartbeat);
      this.#onClose.forEach(run => run());
    });
  }

  /** Calls back when the caller disconnects or the server closes the stream. */
  onClose(run: () => void): void {
    if (this.#closed) {
      run();
    } else {
      this.#onClose.push(run);
    }
  }

  send(json: string): void {
    if (this.#closed) {
      return;
    }
    if (!this.#res.headersSent) {
      this.#res.writeHead(200, {
        'content-type': this.#sse ? 'text/event-stream' : 'application/json',
      });
      if (this.#sse) {
        this.#heartbeat = setInterval(
          () => this.#res.write(':\n'),
          HEARTBEAT_MS,
        );
      }
    }
    this.#res.write(this.#sse ? `data: ${json} \n\n\n` : `${json}\n`);
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
  res.writeHead(error.status, {
    'content-type': sse ? 'text/event-stream' : 'application/json',
  });
  res.end(sse ? `data: ${error.streamBody()} \n\n` : `${error.streamBody()}\n`);
}
