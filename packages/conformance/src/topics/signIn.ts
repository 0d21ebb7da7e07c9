import { at } from '../http/json';
import { Prerequisite } from '../runner/Expectation';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/assertions';
import type { Installation } from '../installation/Installation';

/** Sessions, tokens, and what anonymous callers can read. */
export const signIn = defineTopic<Installation, Installation>({
  name: 'sign-in',
  prepare: async installation => installation,
  expectations: [
    {
      id: 'version',
      claim:
        'everybody can read the version; only signed-in callers can read the rest',
      source:
        'recordings/argocd/01-version-no-token.json, 01-version-backstage.json',
      async check({ argocd }) {
        const anonymous = await argocd.get('/api/version', { as: null });
        expectEqual('fields for nobody', Object.keys(Object(anonymous.body)), [
          'Version',
        ]);
        const known = await argocd.get('/api/version');
        expectEqual(
          'version',
          at(known.body, 'Version'),
          at(anonymous.body, 'Version'),
        );
        expectThat(
          'the version of Helm is present',
          typeof at(known.body, 'HelmVersion') === 'string',
          known.body,
        );
      },
    },
    {
      id: 'userinfo',
      claim:
        '`userinfo` returns the account; without a token, or with an invalid one, it is a 200 `{}`',
      source:
        'recordings/argocd/01-userinfo-backstage.json, 01-userinfo-no-token.json',
      async check({ argocd }) {
        const path = '/api/v1/session/userinfo';
        const own = await argocd.get(path);
        expectMatch('of our own account', own.body, { loggedIn: true });
        for (const as of [null, 'a.b.c']) {
          const { status, body } = await argocd.get(path, { as });
          expectEqual('status', status, 200);
          expectEqual('body', body, {});
        }
      },
    },
    {
      id: 'login',
      claim: 'signing in with user and password gives a valid token',
      source: 'argocd.md, "Signing in"',
      async check({ argocd, config }) {
        const { login } = config.argocd;
        if (!login) {
          throw new Prerequisite(
            'no user and password (ARGOCD_USERNAME, ARGOCD_PASSWORD)',
          );
        }
        const { status, body } = await argocd.post('/api/v1/session', login, {
          as: null,
        });
        expectEqual('status', status, 200);
        const user = await argocd.get('/api/v1/session/userinfo', {
          as: String(at(body, 'token')),
        });
        expectMatch('userinfo', user.body, {
          loggedIn: true,
          username: login.username,
        });
      },
    },
    {
      id: 'bad-login',
      claim: 'a login without credentials, or of an unknown user, is a 401',
      source:
        'recordings/argocd/01-session-login-empty.json, 01-session-login-unknown-user.json',
      async check({ argocd, prefix }) {
        const login = (body: object) =>
          argocd.post('/api/v1/session', body, { as: null });
        const empty = await login({});
        expectEqual('status of an empty login', empty.status, 401);
        expectMatch('an empty login', empty.body, {
          code: 16,
          message: 'no credentials supplied',
        });
        const unknown = await login({ username: prefix, password: 'x' });
        expectEqual('status of an unknown user', unknown.status, 401);
        expectMatch('an unknown user', unknown.body, {
          code: 16,
          message: 'Invalid username or password',
        });
      },
    },
    {
      id: 'token-in-cookie',
      claim: 'the cookie argocd.token is accepted as a token, too',
      source: 'recordings/argocd/01-token-in-cookie.json',
      async check({ argocd }) {
        const { body } = await argocd.get('/api/v1/session/userinfo', {
          as: null,
          headers: { cookie: `argocd.token=${argocd.token}` },
        });
        expectMatch('userinfo', body, { loggedIn: true });
      },
    },
  ],
});
