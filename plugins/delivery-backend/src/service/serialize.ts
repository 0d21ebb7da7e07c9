import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/**
 * An answer as it is sent.
 *
 * @internal
 */
export class Serialized {
  readonly body: Buffer;
  /** The same for the same bytes. */
  readonly hash: string;
  private compressed?: Promise<Buffer>;

  constructor(answer: object) {
    this.body = Buffer.from(JSON.stringify(answer));
    this.hash = createHash('sha256')
      .update(this.body)
      .digest('base64url')
      .slice(0, 27);
  }

  /** The body as gzip, compressed once. */
  async gzip(): Promise<Buffer> {
    this.compressed ??= compress(this.body);
    return this.compressed;
  }
}

const known = new WeakMap<object, Serialized>();

/**
 * Serializes an answer as JSON, once for each object. Answers must not be changed.
 *
 * @internal
 */
export function serialize(answer: object): Serialized {
  const serialized = known.get(answer) ?? new Serialized(answer);
  known.set(answer, serialized);
  return serialized;
}
