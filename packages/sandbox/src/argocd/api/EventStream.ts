import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiError } from '../errors';

/** Server-sent events only for exactly this; anything else gets lines of JSON. */
function isEventStream(req: IncomingMessage): boolean {
  return req.headers.accept === 'text/event-stream';
}

/** A comment that keeps a quiet stream alive. */
const HEARTBEAT_MS = 15_000;

/**
 * The body of a stream. Nothing is sent before the first event, not even
 * headers; heartbeats start with it, and only server-sent events have them.
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

  /** Runs when the caller has gone, or the server cuts the stream. */
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

/** An error instead of a stream: with its HTTP status, in the stream's form. */
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
