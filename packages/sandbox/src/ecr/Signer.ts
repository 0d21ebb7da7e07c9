import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Issues tokens for clients, and recognizes them when they return. A token
 * contains its expiry, and a signature of it and of what it is for, by a key in
 * the state folder. So tokens survive a restart without being stored.
 */
export class Signer {
  private constructor(private readonly key: Buffer) {}

  static load(stateDir: string): Signer {
    const path = join(stateDir, 'token-key');
    if (!existsSync(path)) {
      mkdirSync(stateDir, { recursive: true });
      writeFileSync(path, randomBytes(32), { mode: 0o600 });
    }
    return new Signer(readFileSync(path));
  }

  /** @param purpose - what the token gives access to */
  issue(
    purpose: string,
    lifetimeMs: number,
  ): { token: string; expiresAt: number } {
    const expiresAt = Date.now() + lifetimeMs;
    return { token: this.#tokenOf(purpose, expiresAt), expiresAt };
  }

  isValid(purpose: string, token: string): boolean {
    const expiresAt = Number(token.split('.')[0]);
    const given = Buffer.from(token);
    const expected = Buffer.from(this.#tokenOf(purpose, expiresAt));
    return (
      given.length === expected.length &&
      timingSafeEqual(given, expected) &&
      Date.now() < expiresAt
    );
  }

  #tokenOf(purpose: string, expiresAt: number): string {
    const signature = createHmac('sha256', this.key)
      .update(`${expiresAt} ${purpose}`)
      .digest('base64url');
    return `${expiresAt}.${signature}`;
  }
}
