import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { ArgoCdAccount } from '../../config';
import { ApiError } from '../errors';
import { asNumber, asString } from '../json';
import type { Store, StoredToken } from '../store/Store';
import { timestamp } from '../time';
import { sign, TokenError, verify } from './jwt';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/**
 * Number of failures after which an account's logins are refused, how long they
 * are refused, and how many logins are checked at once.
 */
const MAX_FAILURES = 5;
const FAILURE_WINDOW_MS = 300_000;
const MAX_AT_ONCE = 50;
const SESSION_SECONDS = 24 * 3600;

/** The authenticated caller. */
export interface Principal {
  /** The account, or `proj:<project>:<role>`: the subject of policies. */
  subject: string;
  /** When the token was issued; included in refusals. */
  issuedAt: string;
}

/** Logins and tokens. */
export class Sessions {
  readonly #store: Store;
  readonly #accounts: ArgoCdAccount[];
  readonly #now: () => number;
  readonly #salt = randomBytes(16);
  readonly #failures = new Map<string, { count: number; at: number }>();
  #checking = 0;

  constructor(store: Store, accounts: ArgoCdAccount[], now: () => number) {
    this.#store = store;
    this.#accounts = accounts;
    this.#now = now;
  }

  get #key(): string {
    let key = this.#store.settings.get('server.secretkey');
    if (key === undefined) {
      key = randomBytes(32).toString('base64');
      this.#store.settings.put('server.secretkey', key);
    }
    return key;
  }

  /**
   * When this installation was first started, in seconds. Configured tokens
   * count as issued at this time.
   */
  get #installedAt(): number {
    const known = Number(this.#store.settings.get('installedAt'));
    if (known) {
      return known;
    }
    const seconds = Math.floor(this.#now() / 1000);
    this.#store.settings.put('installedAt', String(seconds));
    return seconds;
  }

  account(name: string): ArgoCdAccount | undefined {
    return this.#accounts.find(account => account.name === name);
  }

  get accounts(): ArgoCdAccount[] {
    return this.#accounts;
  }

  /**
   * Returns a session token. A wrong password and too many attempts get the
   * same refusal.
   */
  async login(
    username: string | undefined,
    password: string | undefined,
  ): Promise<string> {
    if (!username || !password) {
      throw ApiError.unauthenticated('no credentials supplied');
    }
    const refusal = ApiError.unauthenticated('Invalid username or password');
    const failure = this.#failures.get(username);
    const now = this.#now();
    const recent =
      failure && now - failure.at < FAILURE_WINDOW_MS ? failure : undefined;
    if (
      (recent && recent.count >= MAX_FAILURES) ||
      this.#checking >= MAX_AT_ONCE
    ) {
      throw refusal;
    }
    this.#checking += 1;
    try {
      if (!(await this.#isRight(this.account(username), password))) {
        this.#failures.set(username, {
          count: (recent?.count ?? 0) + 1,
          at: this.#now(),
        });
        throw refusal;
      }
    } finally {
      this.#checking -= 1;
    }
    this.#failures.delete(username);
    return this.#sign(`${username}:login`, randomUUID(), SESSION_SECONDS).token;
  }

  async #isRight(
    account: ArgoCdAccount | undefined,
    password: string,
  ): Promise<boolean> {
    const [given, expected] = await Promise.all([
      derive(password, this.#salt, 32),
      // Checking an unknown account takes as long as checking a known one.
      derive(account?.password ?? randomUUID(), this.#salt, 32),
    ]);
    return timingSafeEqual(given, expected);
  }

  /**
   * Creates an API token for an account, or for a project role given as
   * `proj:<project>:<role>`.
   */
  createToken(subject: string, id: string, expiresIn: number): string {
    const tokens = this.#store.tokens.get(subject) ?? [];
    const tokenId = id || randomUUID();
    if (tokens.some(token => token.id === tokenId)) {
      throw ApiError.invalid(
        `failed to update account with new token: account already has token with id '${tokenId}'`,
      );
    }
    const capability = subject.startsWith('proj:') ? '' : ':apiKey';
    const { token, issuedAt } = this.#sign(
      `${subject}${capability}`,
      tokenId,
      expiresIn,
    );
    const stored: StoredToken = {
      id: tokenId,
      issuedAt,
      ...(expiresIn > 0 ? { expiresAt: issuedAt + expiresIn } : {}),
    };
    this.#store.tokens.put(subject, [...tokens, stored]);
    return token;
  }

  tokensOf(subject: string): StoredToken[] {
    const configured = (this.account(subject)?.tokens ?? []).map((_, i) => ({
      id: `configured-${i}`,
      issuedAt: this.#installedAt,
    }));
    return [...configured, ...(this.#store.tokens.get(subject) ?? [])];
  }

  revoke(subject: string, id: string): void {
    const tokens = this.#store.tokens.get(subject) ?? [];
    this.#store.tokens.put(
      subject,
      tokens.filter(token => token.id !== id),
    );
  }

  #sign(sub: string, jti: string, expiresIn: number) {
    const issuedAt = Math.floor(this.#now() / 1000);
    const token = sign(
      {
        iss: 'argocd',
        sub,
        ...(expiresIn > 0 ? { exp: issuedAt + expiresIn } : {}),
        nbf: issuedAt,
        iat: issuedAt,
        jti,
      },
      this.#key,
    );
    return { token, issuedAt };
  }

  /**
   * Returns the caller a token belongs to, or refuses with Argo CD's message.
   */
  authenticate(token: string | undefined): Principal {
    if (!token) {
      throw ApiError.unauthenticated('no session information');
    }
    const owner = this.#accounts.find(account =>
      account.tokens.includes(token),
    );
    if (owner) {
      return {
        subject: owner.name,
        issuedAt: timestamp(this.#installedAt * 1000),
      };
    }
    try {
      return this.#principal(token);
    } catch (error) {
      if (error instanceof TokenError) {
        throw ApiError.unauthenticated(`invalid session: ${error.message}`);
      }
      throw error;
    }
  }

  #principal(token: string): Principal {
    const claims = verify(token, this.#key, this.#now());
    const sub = asString(claims.sub) ?? '';
    const id = asString(claims.jti) ?? '';
    const issuedAt = timestamp((asNumber(claims.iat) ?? 0) * 1000);
    const project = sub.startsWith('proj:');
    const [subject, capability] = project ? [sub, 'apiKey'] : sub.split(':', 2);
    if (!project && !this.account(subject)) {
      throw new TokenError(`account '${subject}' does not exist`);
    }
    if (
      capability !== 'login' &&
      !this.#store.tokens.get(subject)?.some(t => t.id === id)
    ) {
      throw new TokenError(
        `account ${subject} does not have token with id ${id}`,
      );
    }
    return { subject, issuedAt };
  }
}
