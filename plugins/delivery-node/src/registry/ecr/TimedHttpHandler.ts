import { NodeHttpHandler } from '@smithy/node-http-handler';
import { IncomingMessage } from 'node:http';

/** In milliseconds. */
export interface HttpTimeouts {
  connectMs: number;
  /** Without a byte of the answer. */
  requestMs: number;
}

/**
 * The SDK's HTTP with timeouts that end a call. By itself it has none; and where it
 * has, it only limits the time until an answer begins, so that one that stops half
 * way is waited for without end.
 */
export class TimedHttpHandler extends NodeHttpHandler {
  constructor(private readonly timeouts: HttpTimeouts) {
    super({
      connectionTimeout: timeouts.connectMs,
      requestTimeout: timeouts.requestMs,
      throwOnRequestTimeout: true,
    });
  }

  override async handle(
    ...args: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const answer = await super.handle(...args);
    const { body } = answer.response;
    if (body instanceof IncomingMessage && !body.complete) {
      endWhenSilent(body, this.timeouts.requestMs);
    }
    return answer;
  }
}

/** The agent itself resets the timeout of a socket that is kept for other requests. */
function endWhenSilent(body: IncomingMessage, idleMs: number): void {
  const { socket } = body;
  const onTimeout = () =>
    // By this name, the SDK knows an error that is worth another attempt.
    body.destroy(
      Object.assign(
        new Error(`The answer stopped half way for ${idleMs / 1000} s`),
        { name: 'TimeoutError' },
      ),
    );
  socket.setTimeout(idleMs);
  socket.once('timeout', onTimeout);
  body.once('close', () => socket.removeListener('timeout', onTimeout));
}
