import type { ServerResponse } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';

const MAX_HEADER_BYTES = 64 * 1024;

/**
 * Forwards the output of a CGI program (RFC 3875): its header lines become the
 * status and headers of the response, the rest its body.
 */
export class CgiResponse extends Transform {
  readonly #res: ServerResponse;
  readonly #beforeEnd: () => Promise<void>;
  #header: Buffer | undefined = Buffer.alloc(0);

  /**
   * @param beforeEnd - runs when the program has ended, before the client's
   * response ends
   */
  constructor(res: ServerResponse, beforeEnd: () => Promise<void>) {
    super();
    this.#res = res;
    this.#beforeEnd = beforeEnd;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: TransformCallback,
  ): void {
    if (!this.#header) {
      callback(null, chunk);
      return;
    }
    this.#header = Buffer.concat([this.#header, chunk]);
    const end = this.#header.indexOf('\r\n\r\n');
    if (end < 0) {
      callback(
        this.#header.length > MAX_HEADER_BYTES
          ? new Error('git http-backend answered without a header')
          : null,
      );
      return;
    }
    this.#applyHeader(this.#header.toString('latin1', 0, end));
    const body = this.#header.subarray(end + 4);
    this.#header = undefined;
    callback(null, body);
  }

  override _flush(callback: TransformCallback): void {
    if (this.#header) {
      callback(new Error('git http-backend answered nothing'));
      return;
    }
    this.#beforeEnd().then(
      () => callback(),
      error => callback(error),
    );
  }

  #applyHeader(header: string): void {
    for (const line of header.split('\r\n')) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon);
      const value = line.slice(colon + 1).trim();
      if (name.toLowerCase() === 'status') {
        this.#res.statusCode = Number.parseInt(value, 10);
      } else {
        this.#res.setHeader(name, value);
      }
    }
  }
}
