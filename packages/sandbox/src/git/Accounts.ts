import type { GitConfig, GitUser } from '../config';
import { checkOwnerName, GitHostError } from './names';

/**
 * The host's users. Anyone may read everything, and every user may write
 * everything.
 */
export class Accounts {
  static create({ users }: GitConfig): Accounts {
    users.forEach(({ username }) => checkOwnerName(username));
    return new Accounts(users);
  }

  private constructor(private readonly users: GitUser[]) {}

  /**
   * The user who sent a request with this `Authorization` header.
   *
   * @returns undefined without a header
   * @throws GitHostError 401 for unknown credentials
   */
  viewer(authorization: string | undefined): GitUser | undefined {
    if (!authorization) {
      return undefined;
    }
    const [, encoded = ''] = /^basic +(\S+)$/i.exec(authorization) ?? [];
    const pair = Buffer.from(encoded, 'base64').toString();
    const user = this.users.find(
      ({ username, password }) =>
        password !== '' && pair === `${username}:${password}`,
    );
    if (!user) {
      throw new GitHostError(401, 'invalid username or password');
    }
    return user;
  }

  /**
   * Like {@link viewer}, but requires a header.
   *
   * @throws GitHostError 401 also without a header
   */
  signedIn(authorization: string | undefined): GitUser {
    const viewer = this.viewer(authorization);
    if (!viewer) {
      throw new GitHostError(401, 'Unauthorized');
    }
    return viewer;
  }
}
