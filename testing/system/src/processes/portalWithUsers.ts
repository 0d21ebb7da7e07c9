/**
 * A portal whose callers are users that sign in, and whose permissions are
 * checked by the permission backend, so that a request costs what it costs in
 * production. With `PORTAL_PAGES` it serves the built frontend, too, whose visitors
 * are one guest. It ends with the process that started it.
 */
import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import type { IncomingHttpHeaders } from 'node:http';

/** Signs in as the user whose name a request has. */
function provider(nameOf: (headers: IncomingHttpHeaders) => unknown) {
  return createProxyAuthProviderFactory({
    authenticator: createProxyAuthenticator({
      defaultProfileTransform: async () => ({ profile: {} }),
      initialize: () => undefined,
      authenticate: async ({ req }) => ({
        result: `user:default/${nameOf(req.headers)}`,
      }),
    }),
    signInResolver: async ({ result: sub }, context) =>
      context.issueToken({ claims: { sub, ent: [sub] } }),
  });
}

const signIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'named-user',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        // As behind a proxy that is trusted.
        providers.registerProvider({
          providerId: 'named-user',
          factory: provider(headers => headers['x-user']),
        });
        // The only one that the frontend needs no other page for.
        providers.registerProvider({
          providerId: 'guest',
          factory: provider(() => 'guest'),
        });
      },
    });
  },
});

/** May see everything, and change no application. */
const ONLOOKER = 'user:default/onlooker';

const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'policy',
  register(reg) {
    reg.registerInit({
      deps: { extension: policyExtensionPoint },
      async init({ extension }) {
        extension.setPolicy({
          handle: async ({ permission }, user): Promise<PolicyDecision> => ({
            result:
              user?.info.userEntityRef === ONLOOKER &&
              /^delivery\.(application|version)\./.test(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        });
      },
    });
  },
});

const backend = createBackend();

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(signIn);
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(policy);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));
backend.add(import('@landfall/backstage-plugin-delivery-backend'));
if (process.env.PORTAL_PAGES) {
  backend.add(import('@backstage/plugin-app-backend'));
}

process.once('disconnect', () => process.exit(1));

backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
