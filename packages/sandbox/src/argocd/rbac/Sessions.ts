import { errors } from 'jose';
import type { ArgoCdAccount } from '../../config';
import { messageOf } from '../../errors';
import { Signer } from '../../store/Signer';
import { ApiError } from '../errors';
import type { Store } from '../store/Store';
import { timestamp } from '../time';

const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** The authenticated caller. */
export interface Principal {
  /** The account: the subject of policies. */
  subject: string;
  /** When the token was issued; included in refusals. */
  issuedAt: string;
}

/** Logins and tokens. */
export class Sessions {
  readonly #startedAt = timestamp();
  readonly #signer: Signer;

  constructor(store: Store, private readonly accounts: ArgoCdAccount[]) {
    this.#signer = new Signer(store.settings);
  }

  /** Returns a session token. */
  async login(username?: string, password?: string): Promise<string> {
    if (!username || !password) {
      throw new ApiError('unauthenticated', 'no credentials supplied');
    }
    const account = this.accounts.find(({ name }) => name === username);
    if (account?.password !== password) {
      throw new ApiError('unauthenticated', 'Invalid username or password');
    }
    return (await this.#signer.issue(username, LIFETIME_MS)).token;
  }

  /**
   * Returns the caller a token belongs to, or refuses with Argo CD's message.
   */
  async authenticate(token: string | undefined): Promise<Principal> {
    if (!token) {
      throw new ApiError('unauthenticated', 'no session information');
    }
    const owner = this.accounts.find(({ tokens }) => tokens.includes(token));
    if (owner) {
      return { subject: owner.name, issuedAt: this.#startedAt };
    }
    try {
      const { sub = '', iat = 0 } = await this.#signer.verify(token);
      return { subject: sub, issuedAt: timestamp(iat * 1000) };
    } catch (error) {
      throw new ApiError(
        'unauthenticated',
        `invalid session: ${problemOf(error)}`,
      );
    }
  }
}

function problemOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) {
    return 'token has invalid claims: token is expired';
  }
  return error instanceof errors.JWSSignatureVerificationFailed
    ? 'token signature is invalid: signature is invalid'
    : `token is malformed: ${messageOf(error)}`;
}
