import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

/**
 * Who makes a request that changes something.
 *
 * @internal
 */
export class Callers {
  constructor(private readonly auth: Pick<AuthService, 'isPrincipal'>) {}

  /**
   * The entity ref of the user.
   *
   * @throws NotAllowedError for a service, for which nobody would answer, and which no
   * permission would hold back
   */
  userOf(credentials: BackstageCredentials): string {
    if (!this.auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'Only users can act on applications. A service has to act on behalf of one',
      );
    }
    return credentials.principal.userEntityRef;
  }
}
