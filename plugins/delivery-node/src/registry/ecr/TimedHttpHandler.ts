import { isError } from '@backstage/errors';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { IncomingMessage } from 'node:http';

/** The SDK retries an error with this name. */
const TIMEOUT_ERROR = 'TimeoutError';

/** In milliseconds. */
export interface HttpTimeouts {
  connectMs: number;
  /** Longest time without a byte of the answer. */
  requestMs: number;
}

/**
 * The SDK's HTTP handler, with timeouts that end a call. By default it has
 * none. With a timeout, it only limits the time until an answer begins: it
 * would wait forever for one that stops half way.
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
    const { connectMs, requestMs } = this.timeouts;
    const [{ hostname }] = args;
    let answer: Awaited<ReturnType<NodeHttpHandler['handle']>>;
    try {
      answer = await super.handle(...args);
    } catch (error) {
      if (isError(error) && error.name === TIMEOUT_ERROR) {
        throw timeoutError(
          `${hostname} accepted no connection within ${
            connectMs / 1000
          } s, or sent no response within ${requestMs / 1000} s`,
          error,
        );
      }
      throw error;
    }
    const { body } = answer.response;
    if (body instanceof IncomingMessage && !body.complete) {
      endWhenSilent(body, requestMs, hostname);
    }
    return answer;
  }
}

function timeoutError(what: string, cause?: Error): Error {
  return Object.assign(
    new Error(
      `${what}. Check the network between the portal and AWS, and its proxies.`,
      { cause },
    ),
    { name: TIMEOUT_ERROR },
  );
}

/**
 * The agent resets the timeout of a socket that it keeps for other requests.
 */
function endWhenSilent(
  body: IncomingMessage,
  idleMs: number,
  hostname: string,
): void {
  const { socket } = body;
  const onTimeout = () =>
    body.destroy(
      timeoutError(
        `The response of ${hostname} stalled for ${idleMs / 1000} s`,
      ),
    );
  socket.setTimeout(idleMs);
  socket.once('timeout', onTimeout);
  body.once('close', () => socket.removeListener('timeout', onTimeout));
}
