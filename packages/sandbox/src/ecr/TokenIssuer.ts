import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Signer } from './Signer';
import { writeFileAtomically } from './store/files';

/** The lifetime of ECR's authorization tokens. */
const LIFETIME_MS = 12 * 60 * 60 * 1000;

const payloadSchema = z.object({ expiresAt: z.number(), nonce: z.string() });

/**
 * Passwords for the user `AWS` of the OCI API. They contain their expiry and a
 * signature by a key in the state folder, so that they survive a restart
 * without being stored.
 */
export class TokenIssuer {
  private constructor(private readonly signer: Signer) {}

  static load(stateDir: string): TokenIssuer {
    const path = join(stateDir, 'token-key');
    if (!existsSync(path)) {
      writeFileAtomically(path, randomBytes(32), 0o600);
    }
    return new TokenIssuer(new Signer(readFileSync(path)));
  }

  issue(now = Date.now()): { token: string; expiresAt: number } {
    const expiresAt = now + LIFETIME_MS;
    const payload = Buffer.from(
      JSON.stringify({ expiresAt, nonce: randomBytes(12).toString('hex') }),
    ).toString('base64url');
    return { token: `${payload}.${this.signer.sign(payload)}`, expiresAt };
  }

  check(token: string, now = Date.now()): 'valid' | 'expired' | 'invalid' {
    const [payload, signature = ''] = token.split('.');
    if (!this.signer.isSigned(payload, signature)) {
      return 'invalid';
    }
    const { expiresAt } = payloadSchema.parse(
      JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    );
    return now < expiresAt ? 'valid' : 'expired';
  }
}
