import { createHash, timingSafeEqual } from 'node:crypto';
import type { GitConfig, GitUser } from '../config';
import { UnauthorizedError } from './errors';
import { checkOwnerName } from './names';

/** The users of the host. Anybody may read everything, and each user write it. */
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
   * Who sent a request with this `Authorization` header.
   *
   * @returns undefined without a header
   * @throws UnauthorizedError for credentials of nobody
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
   * As {@link viewer}.
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
