import { randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Collection } from './Collection';

const KEY = 'server.secretkey';

/**
 * Issues tokens, and recognizes them when they return. They are signed by a key
 * in the state, so they survive a restart without being stored.
 */
export class Signer {
  readonly #key: Buffer;

  /** @param secrets - where the key is, or is put */
  constructor(secrets: Collection<string>) {
    const key = secrets.get(KEY) ?? randomBytes(32).toString('base64');
    secrets.put(KEY, key);
    this.#key = Buffer.from(key);
  }

  /** @param subject - who or what the token stands for */
  async issue(
    subject: string,
    lifetimeMs: number,
  ): Promise<{ token: string; expiresAt: number }> {
    const expiresAt = Date.now() + lifetimeMs;
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(new Date(expiresAt))
      .sign(this.#key);
    return { token, expiresAt };
  }

  /** @throws an error of `jose` unless the token is valid */
  async verify(token: string, subject?: string): Promise<JWTPayload> {
    return (await jwtVerify(token, this.#key, { subject })).payload;
  }
}
