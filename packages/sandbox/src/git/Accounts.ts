import { createHash, timingSafeEqual } from 'node:crypto';
import type { GitConfig, GitUser } from '../config';
import { UnauthorizedError } from './errors';
import { checkOwnerName } from './names';

/**
 * The host's users. Anyone may read everything, and every user may write
 * everything.
 */
export class Accounts {
  static create({ users }: GitConfig): Accounts {
    const seen = new Set<string>();
    for (const { username } of users) {
      checkOwnerName(username);
      if (seen.has(username.toLowerCase())) {
        throw new Error(`Git host: user "${username}" is configured twice`);
      }
      seen.add(username.toLowerCase());
    }
    return new Accounts(users);
  }

  private constructor(private readonly users: GitUser[]) {}

  /**
   * The user who sent a request with this `Authorization` header.
   *
   * @returns undefined without a header
   * @throws UnauthorizedError for unknown credentials
   */
  viewer(authorization: string | undefined): GitUser | undefined {
    if (!authorization) {
      return undefined;
    }
    const [, encoded = ''] =
      /^basic\s+(\S+)$/i.exec(authorization.trim()) ?? [];
    const [, username = '', password = ''] =
      /^([^:]*):([^]*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    const user = this.users.find(
      it => it.username.toLowerCase() === username.toLowerCase(),
    );
    if (!user?.password || !same(user.password, password)) {
      throw new UnauthorizedError('invalid username or password');
    }
    return user;
  }

  /**
   * Like {@link viewer}, but requires a header.
   *
   * @throws UnauthorizedError also without a header
   */
  signedIn(authorization: string | undefined): GitUser {
    const viewer = this.viewer(authorization);
    if (!viewer) {
      throw new UnauthorizedError('Unauthorized');
    }
    return viewer;
  }
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
