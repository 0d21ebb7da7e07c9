import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A whole answer. */
export interface ForwardedAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/**
 * Sends a request on to another server, and reads its answer to the end.
 *
 * @param upstream - base URL of the server, without a trailing slash
 */
export function forwardRequest(
  upstream: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<ForwardedAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${upstream}${url}`,
      { method, headers },
      answer => {
        buffer(answer).then(
          text =>
            resolve({
              status: answer.statusCode ?? 500,
              headers: answer.headers,
              body: text,
            }),
          reject,
        );
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
