import { createBackendModule } from '@backstage/backend-plugin-api';
import { oidcSignInResolvers } from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { claimMatchingUserEntity } from './claimMatchingUserEntity';
import { resilientOidcAuthenticator } from './resilientOidcAuthenticator';

/**
 * Sign-in by OpenID Connect, as upstream's module has it, with one more resolver to
 * choose from in the configuration (`claimMatchingUserEntity`), and for providers that
 * can't be reached when the portal starts.
 */
export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'oidc-provider',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'oidc',
          factory: createOAuthProviderFactory({
            authenticator: resilientOidcAuthenticator,
            signInResolverFactories: {
              ...oidcSignInResolvers,
              claimMatchingUserEntity,
            },
          }),
        });
      },
    });
  },
});
