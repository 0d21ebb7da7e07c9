/**
 * A portal whose callers are users that sign in, and whose permissions are
 * checked by the permission backend, so that a request costs what it costs in
 * production. It ends with the process that started it.
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

/** Signs in as whoever the header names, as behind a proxy that is trusted. */
const signIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'named-user',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'named-user',
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              defaultProfileTransform: async () => ({ profile: {} }),
              initialize: () => undefined,
              authenticate: async ({ req }) => ({
                result: `user:default/${req.header('x-user')}`,
              }),
            }),
            signInResolver: async ({ result: sub }, context) =>
              context.issueToken({ claims: { sub, ent: [sub] } }),
          }),
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

process.once('disconnect', () => process.exit(1));

backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
