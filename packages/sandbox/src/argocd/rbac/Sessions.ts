import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { ArgoCdAccount } from '../../config';
import { ApiError, messageOf } from '../errors';
import type { Store } from '../store/Store';
import { timestamp } from '../time';

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

  constructor(
    private readonly store: Store,
    private readonly accounts: ArgoCdAccount[],
  ) {}

  get #key(): Buffer {
    let key = this.store.settings.get('server.secretkey');
    if (key === undefined) {
      key = randomBytes(32).toString('base64');
      this.store.settings.put('server.secretkey', key);
    }
    return Buffer.from(key);
  }

  /** Returns a session token. */
  async login(
    username: string | undefined,
    password: string | undefined,
  ): Promise<string> {
    if (!username || !password) {
      throw ApiError.unauthenticated('no credentials supplied');
    }
    const account = this.accounts.find(({ name }) => name === username);
    if (account?.password !== password) {
      throw ApiError.unauthenticated('Invalid username or password');
    }
    return await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('argocd')
      .setSubject(username)
      .setIssuedAt()
      .setExpirationTime('24h')
      .sign(this.#key);
  }

  /**
   * Returns the caller a token belongs to, or refuses with Argo CD's message.
   */
  async authenticate(token: string | undefined): Promise<Principal> {
    if (!token) {
      throw ApiError.unauthenticated('no session information');
    }
    const owner = this.accounts.find(({ tokens }) => tokens.includes(token));
    if (owner) {
      return { subject: owner.name, issuedAt: this.#startedAt };
    }
    try {
      const { payload } = await jwtVerify(token, this.#key);
      const { sub = '', iat = 0 } = payload;
      return { subject: sub, issuedAt: timestamp(iat * 1000) };
    } catch (error) {
      throw ApiError.unauthenticated(`invalid session: ${problemOf(error)}`);
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
