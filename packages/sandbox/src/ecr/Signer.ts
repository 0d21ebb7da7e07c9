import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs texts given to clients, to recognize them when they come back. */
export class Signer {
  constructor(private readonly key: Buffer) {}

  sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }

  /**
   * Whether a signature belongs to a text. The comparison takes constant time.
   */
  isSigned(text: string, signature: string): boolean {
    const given = Buffer.from(signature);
    const expected = Buffer.from(this.sign(text));
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
