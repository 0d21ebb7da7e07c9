import { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';
import { createOAuthAuthenticator } from '@backstage/plugin-auth-node';

type Context = ReturnType<typeof oidcAuthenticator.initialize>;

/** Upstream's context, made anew if it is of no use. */
interface Resilient {
  usable(): Promise<Context>;
}

/**
 * Upstream's authenticator reads the provider's metadata once, when the portal starts.
 * If the provider can't be reached then, nobody could sign in until the next start.
 * This one reads it again for the next sign-in.
 */
export const resilientOidcAuthenticator = createOAuthAuthenticator({
  defaultProfileTransform: oidcAuthenticator.defaultProfileTransform,
  scopes: oidcAuthenticator.scopes,

  initialize(options): Resilient {
    const initialize = (): Context => {
      const context = oidcAuthenticator.initialize(options);
      // Whoever signs in sees the error; without them it is nobody's.
      context.promise.catch(() => {});
      return context;
    };
    let context = initialize();
    return {
      usable: async () => {
        await context.promise.catch(() => {
          context = initialize();
        });
        return context;
      },
    };
  },

  async start(input, context) {
    return oidcAuthenticator.start(input, await context.usable());
  },

  async authenticate(input, context) {
    return oidcAuthenticator.authenticate(input, await context.usable());
  },

  async refresh(input, context) {
    return oidcAuthenticator.refresh(input, await context.usable());
  },

  async logout(input, context) {
    return oidcAuthenticator.logout?.(input, await context.usable());
  },
});
