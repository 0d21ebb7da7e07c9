import { ApiError } from '../errors';
import { asString, type Obj } from '../json';
import {
  intField,
  readBody,
  sendText,
  stringField,
  type Call,
  type Route,
} from './http';
import { tokenOf } from './Router';
import type { ApiContext } from './context';

const VERSION = 'v3.5.1+unknown';

/** Sign-in, accounts, tokens, and what anonymous callers may read. */
export function session(context: ApiContext): Route[] {
  const { access, sessions } = context;
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
      handler: call => version(context, call),
    },
    {
      method: 'GET',
      path: '/api/v1/settings',
      open: true,
      handler: () => settings(context),
    },
    {
      method: 'POST',
      path: '/api/v1/session',
      open: true,
      handler: call => login(context, call),
    },
    {
      method: 'DELETE',
      path: '/api/v1/session',
      open: true,
      handler: () => ({}),
    },
    {
      method: 'GET',
      path: '/api/v1/session/userinfo',
      open: true,
      handler: call => userInfo(context, call),
    },
    {
      method: 'GET',
      path: '/api/v1/account/can-i/{}/{}/{**}',
      handler: ({ principal, params: [resource, action, object] }) => ({
        value: access.can(principal, resource, action, object) ? 'yes' : 'no',
      }),
    },
    {
      method: 'GET',
      path: '/api/v1/account',
      handler: ({ principal }) => ({
        items: sessions.accounts
          .filter(
            ({ name }) =>
              name === principal.subject ||
              access.can(principal, 'accounts', 'get', name),
          )
          .map(({ name }) => account(context, name)),
      }),
    },
    {
      method: 'GET',
      path: '/api/v1/account/{}',
      handler: ({ principal, params: [name] }) => {
        if (principal.subject !== name) {
          access.enforce(principal, 'accounts', 'get', name);
        }
        return account(context, name);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/account/{}/token',
      handler: call => createToken(context, call),
    },
    {
      method: 'DELETE',
      path: '/api/v1/account/{}/token/{}',
      handler: ({ principal, params: [name, id] }) => {
        if (principal.subject !== name) {
          access.enforce(principal, 'accounts', 'update', name);
        }
        account(context, name);
        sessions.revoke(name, id);
        return {};
      },
    },
  ];
}

function isAnonymous({ sessions }: ApiContext, call: Call): boolean {
  try {
    sessions.authenticate(tokenOf(call.req));
    return false;
  } catch {
    return true;
  }
}

function version(context: ApiContext, call: Call): Obj {
  if (isAnonymous(context, call)) {
    return { Version: VERSION };
  }
  return {
    Version: VERSION,
    BuildDate: '1970-01-01T00:00:00Z',
    GoVersion: 'go1.26.8',
    Compiler: 'gc',
    Platform: 'linux/amd64',
    KustomizeVersion: 'v5.8.1 unknown',
    HelmVersion: 'v4.2',
    JsonnetVersion: 'v0.22.0',
  };
}

function settings({ url }: ApiContext): Obj {
  return {
    url: url(),
    appLabelKey: 'app.kubernetes.io/instance',
    googleAnalytics: { anonymizeUsers: true },
    kustomizeOptions: {
      BuildOptions: '--load-restrictor LoadRestrictionsNone',
      BinaryPath: '',
      Versions: null,
    },
    help: {},
    trackingMethod: 'annotation',
    appsInAnyNamespaceEnabled: true,
    syncWithReplaceAllowed: true,
  };
}

async function login({ sessions }: ApiContext, { req }: Call): Promise<Obj> {
  const body = await readBody(req);
  const token = await sessions.login(
    stringField(body, 'SessionCreateRequest', 'username'),
    stringField(body, 'SessionCreateRequest', 'password'),
  );
  return { token };
}

function userInfo({ sessions }: ApiContext, { req }: Call): Obj {
  try {
    const { subject } = sessions.authenticate(tokenOf(req));
    return { loggedIn: true, username: subject, iss: 'argocd' };
  } catch {
    return {};
  }
}

function account({ sessions }: ApiContext, name: string): Obj {
  const known = sessions.account(name);
  if (!known) {
    throw ApiError.notFound(`account '${name}' does not exist`);
  }
  const tokens = sessions.tokensOf(name);
  return {
    name,
    enabled: true,
    capabilities: [
      ...(known.password === undefined ? [] : ['login']),
      'apiKey',
    ],
    ...(tokens.length ? { tokens } : {}),
  };
}

async function createToken(context: ApiContext, call: Call): Promise<Obj> {
  const { access, sessions } = context;
  const [name] = call.params;
  const body = await readBody(call.req);
  if (call.principal.subject !== name) {
    access.enforce(call.principal, 'accounts', 'update', name);
  }
  account(context, name);
  const id = asString(body.id) ?? '';
  const expiresIn = intField(body, 'CreateTokenRequest', 'expiresIn') ?? 0;
  return { token: sessions.createToken(name, id, expiresIn) };
}
