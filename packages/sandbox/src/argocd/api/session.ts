import { z } from 'zod';
import type { Principal } from '../rbac/Sessions';
import type { ApiContext } from './context';
import { readBody, sendText, type Call, type Route } from './http';
import { tokenOf } from './Router';

const Version = 'v3.5.1+unknown';

const loginSchema = z.object({
  username: z.string().optional(),
  password: z.string().optional(),
});

/** Sign-in, permissions, and what anonymous callers may read. */
export function session({ access, sessions }: ApiContext): Route[] {
  const known = async ({ req }: Call): Promise<Principal | undefined> =>
    await sessions.authenticate(tokenOf(req)).catch(() => undefined);
  return [
    {
      method: 'GET',
      path: '/healthz',
      open: true,
      handler: ({ res }) => sendText(res, 200, 'ok\n'),
    },
    {
      method: 'GET',
      path: '/api/version',
      open: true,
      handler: async call =>
        (await known(call))
          ? {
              Version,
              BuildDate: '1970-01-01T00:00:00Z',
              GoVersion: 'go1.26.8',
              Compiler: 'gc',
              Platform: 'linux/amd64',
              KustomizeVersion: 'v5.8.1 unknown',
              HelmVersion: 'v4.2',
              JsonnetVersion: 'v0.22.0',
            }
          : { Version },
    },
    {
      method: 'POST',
      path: '/api/v1/session',
      open: true,
      handler: async ({ req }) => {
        const { username, password } = await readBody(req, loginSchema);
        return { token: await sessions.login(username, password) };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/session/userinfo',
      open: true,
      handler: async call => {
        const caller = await known(call);
        return caller
          ? { loggedIn: true, username: caller.subject, iss: 'argocd' }
          : {};
      },
    },
    {
      method: 'GET',
      path: '/api/v1/account/can-i/{}/{}/{**}',
      handler: ({ principal, params: [resource, action, object] }) => ({
        value: access.can(principal, resource, action, object) ? 'yes' : 'no',
      }),
    },
  ];
}
