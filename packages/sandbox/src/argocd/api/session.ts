import { z } from 'zod';
import { readJson, sendText } from '../../http/messages';
import type { Principal } from '../rbac/Sessions';
import type { ApiContext } from './context';
import type { Call, Route, Routes } from './http';
import { tokenOf } from './Router';

const Version = 'v3.5.1+unknown';

const loginSchema = z.object({
  username: z.string().optional(),
  password: z.string().optional(),
});

const open = (handler: Route['handler']): Route => ({ handler, open: true });

/** Sign-in, permissions, and what anonymous callers may read. */
export function session({ access, sessions }: ApiContext): Routes {
  const known = async ({ req }: Call): Promise<Principal | undefined> =>
    await sessions.authenticate(tokenOf(req)).catch(() => undefined);
  return {
    'GET /healthz': open(({ res }) => sendText(res, 200, 'ok\n')),
    'GET /api/version': open(async call =>
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
    ),
    'POST /api/v1/session': open(async ({ req }) => {
      const { username, password } = await readJson(req, loginSchema);
      return { token: await sessions.login(username, password) };
    }),
    'GET /api/v1/session/userinfo': open(async call => {
      const caller = await known(call);
      return caller
        ? { loggedIn: true, username: caller.subject, iss: 'argocd' }
        : {};
    }),
    'GET /api/v1/account/can-i/{}/{}/{**}': call => {
      const [resource, action, object] = call.params;
      const allowed = access.can(call.principal, resource, action, object);
      return { value: allowed ? 'yes' : 'no' };
    },
  };
}
