import { createHash, timingSafeEqual } from 'node:crypto';
import type { GitConfig, GitUser } from '../config';
import { UnauthorizedError } from './errors';
import { checkOwnerName } from './names';

/** What access rules need to know of a repository. */
export interface Visibility {
  owner: string;
  private: boolean;
}

/**
 * Who may do what. Every user is a member of every organization; a repository
 * of a user is that user's alone to write. Public repositories can be read by
 * anybody, private ones by those who could write them.
 */
export class Accounts {
  readonly #users: GitUser[];

  static create(config: GitConfig): Accounts {
    const seen = new Set<string>();
    for (const { username } of config.users) {
      checkOwnerName(username);
      if (seen.has(username.toLowerCase())) {
        throw new Error(`Git host: user "${username}" is configured twice`);
      }
      seen.add(username.toLowerCase());
    }
    return new Accounts(config.users);
  }

  private constructor(users: GitUser[]) {
    this.#users = users;
  }

  get usernames(): string[] {
    return this.#users.map(it => it.username);
  }

  /** The configured user of that name, in any case. */
  user(name: string): GitUser | undefined {
    return this.#users.find(
      it => it.username.toLowerCase() === name.toLowerCase(),
    );
  }

  /**
   * Who sent a request with this `Authorization` header: `Basic` with a
   * password or with a token in either place, `token …` or `Bearer …`.
   *
   * @returns undefined without a header
   * @throws UnauthorizedError for credentials of nobody
   */
  viewer(authorization: string | undefined): GitUser | undefined {
    if (!authorization) {
      return undefined;
    }
    const [, scheme, value] = /^\s*(\S+)\s+(.*?)\s*$/.exec(authorization) ?? [];
    let user: GitUser | undefined;
    switch (scheme?.toLowerCase()) {
      case 'basic':
        user = this.#byBasic(Buffer.from(value, 'base64').toString('utf8'));
        break;
      case 'token':
      case 'bearer':
        user = this.#byToken(value);
        break;
      default:
    }
    if (!user) {
      throw new UnauthorizedError('invalid username, password or token');
    }
    return user;
  }

  canRead(viewer: GitUser | undefined, repository: Visibility): boolean {
    return (
      !repository.private ||
      (viewer !== undefined && this.#belongsTo(viewer, repository.owner))
    );
  }

  canWrite(viewer: GitUser | undefined, repository: Visibility): boolean {
    return this.canCreateIn(viewer, repository.owner);
  }

  canCreateIn(viewer: GitUser | undefined, owner: string): boolean {
    return (
      viewer !== undefined && !viewer.readOnly && this.#belongsTo(viewer, owner)
    );
  }

  #belongsTo(viewer: GitUser, owner: string): boolean {
    const ownerUser = this.user(owner);
    return ownerUser === undefined || ownerUser === viewer;
  }

  #byBasic(pair: string): GitUser | undefined {
    const colon = pair.indexOf(':');
    const username = colon < 0 ? pair : pair.slice(0, colon);
    const password = colon < 0 ? '' : pair.slice(colon + 1);
    const user = this.user(username);
    if (user && password && same(user.password, password)) {
      return user;
    }
    // A token is enough to know who it is: as password of any user name, or
    // as user name with nothing or `x-oauth-basic` as password.
    return this.#byToken(password) ?? this.#byToken(username);
  }

  #byToken(token: string): GitUser | undefined {
    return token
      ? this.#users.find(it => it.tokens.some(own => own && same(own, token)))
      : undefined;
  }
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
