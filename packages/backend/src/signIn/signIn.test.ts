import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { UserEntity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import {
  OidcProvider,
  type OidcUser,
  signInAnswer,
  SignInVisitor,
} from '@landfall/testing-kit';
import { createPublicKey, verify } from 'node:crypto';
import oidcSignIn from '.';

const ADA: UserEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name: 'ada',
    namespace: 'default',
    annotations: { 'graph.microsoft.com/user-id': 'ada-of-entra' },
  },
  spec: { profile: { email: 'ada@example.com' }, memberOf: [] },
};
const TWINS = ['tick', 'tock'].map(
  (name): UserEntity => ({
    ...ADA,
    metadata: { name, namespace: 'default' },
    spec: { profile: { email: 'twin@example.com' }, memberOf: [] },
  }),
);

const BY_EMAIL: JsonObject = {
  resolver: 'claimMatchingUserEntity',
  claim: 'email',
  userField: 'spec.profile.email',
};
const VERIFIED = { email: 'ada@example.com', email_verified: true };

describe('sign-in by OpenID Connect', () => {
  let provider: OidcProvider;
  let backend: TestBackend | undefined;

  beforeEach(async () => {
    provider = await OidcProvider.start({
      clientId: 'portal',
      // Both are encoded in the header: RFC 6749, section 2.3.1.
      clientSecret: 'a secret: with %',
      user: { sub: '1' },
    });
  });

  afterEach(async () => {
    await backend?.stop();
    await provider.stop();
  });

  async function portal(...resolvers: JsonObject[]): Promise<string> {
    backend = await startTestBackend({
      features: [
        authPlugin,
        oidcSignIn,
        catalogServiceMock.factory({ entities: [ADA, ...TWINS] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth: {
              environment: 'production',
              session: { secret: 'a-session-secret' },
              providers: {
                oidc: {
                  production: {
                    metadataUrl: provider.metadataUrl,
                    clientId: 'portal',
                    clientSecret: 'a secret: with %',
                    prompt: 'auto',
                    additionalScopes: ['offline_access'],
                    signIn: { resolvers },
                  },
                },
              },
            },
          },
        }),
      ],
    });
    const url = `http://localhost:${backend.server.port()}/api/auth`;
    provider.redirectUris.push(`${url}/oidc/handler/frame`);
    return url;
  }

  async function signIn(
    user: Omit<OidcUser, 'sub'>,
    ...resolvers: JsonObject[]
  ) {
    provider.user = { sub: '1', ...user };
    return new SignInVisitor(await portal(...resolvers)).signIn(
      'oidc',
      'production',
    );
  }

  it('takes a user of the catalog from the first page to a token of Backstage', async () => {
    provider.user = { sub: '1', userinfo: VERIFIED };
    const url = await portal(BY_EMAIL);
    const visitor = new SignInVisitor(url);
    const { response, error } = await visitor.signIn('oidc', 'production');

    expect(error).toBeUndefined();
    expect(response?.profile.email).toBe('ada@example.com');
    const { token = '', identity } = response?.backstageIdentity ?? {};
    expect(identity?.userEntityRef).toBe('user:default/ada');
    expect(await verifiedClaims(token, url)).toMatchObject({
      sub: 'user:default/ada',
      iss: url,
    });
    expect(provider.requests).toEqual(
      expect.arrayContaining([
        'GET /.well-known/openid-configuration',
        'GET /authorize',
        'POST /token',
        'GET /jwks',
        'GET /userinfo',
      ]),
    );

    // After a reload of the page, by the refresh token in a cookie.
    const again = await visitor.get(
      `${url}/oidc/refresh?optional&env=production&scope=`,
    );
    expect(await again.json()).toMatchObject({
      backstageIdentity: { identity: { userEntityRef: 'user:default/ada' } },
    });
  });

  it.each<[string, Omit<OidcUser, 'sub'>, JsonObject]>([
    [
      'Amazon Cognito, which writes booleans as texts',
      { userinfo: { email: 'ada@example.com', email_verified: 'true' } },
      BY_EMAIL,
    ],
    [
      'an address in another case',
      { userinfo: { email: 'Ada@Example.com', email_verified: true } },
      BY_EMAIL,
    ],
    [
      'Microsoft Entra ID, whose userinfo lacks what the ID token has',
      {
        idToken: { oid: 'ada-of-entra' },
        userinfo: { email: 'ada@example.com' },
      },
      {
        resolver: 'claimMatchingUserEntity',
        claim: 'oid',
        userField: 'metadata.annotations.graph.microsoft.com/user-id',
      },
    ],
    [
      'a provider that doesn’t verify addresses, where that is accepted',
      { userinfo: { email: 'ada@example.com' } },
      { ...BY_EMAIL, acceptUnverifiedEmail: true },
    ],
    [
      'Google, by upstream’s resolver',
      { userinfo: VERIFIED },
      { resolver: 'emailMatchingUserEntityProfileEmail' },
    ],
  ])('knows a user of %s', async (_, user, resolver) => {
    const { response, error } = await signIn(user, resolver);

    expect(error).toBeUndefined();
    expect(response?.backstageIdentity?.identity.userEntityRef).toBe(
      'user:default/ada',
    );
  });

  it.each<[string, Omit<OidcUser, 'sub'>, string]>([
    [
      'somebody who is not in the catalog',
      { userinfo: { email: 'eve@example.com', email_verified: true } },
      'unable to resolve user identity. Please verify that your catalog contains the expected User',
    ],
    [
      'an unverified address',
      { userinfo: { email: 'ada@example.com', email_verified: false } },
      "doesn't say that it has verified your e-mail address",
    ],
    [
      'an address without a word on whether it is verified',
      { userinfo: { email: 'ada@example.com' } },
      "doesn't say that it has verified your e-mail address",
    ],
    [
      'an unverified address beside another, verified one',
      {
        idToken: { email: 'ada@example.com' },
        userinfo: { email: 'eve@example.com', email_verified: true },
      },
      "doesn't say that it has verified your e-mail address",
    ],
    ['a user without the claim', {}, `didn't send the claim "email"`],
    [
      'a claim that is no text',
      { userinfo: { email: ['ada@example.com'], email_verified: true } },
      `didn't send the claim "email"`,
    ],
    [
      'an address that two users have',
      { userinfo: { email: 'twin@example.com', email_verified: true } },
      'multiple matches',
    ],
  ])('refuses %s, and says why', async (_, user, message) => {
    const { response, error } = await signIn(user, BY_EMAIL);

    expect(response).toBeUndefined();
    expect(error?.message).toContain(message);
  });

  it('asks the next resolver if the first finds nobody', async () => {
    const { response } = await signIn(
      { userinfo: { ...VERIFIED, nickname: 'nobody' } },
      {
        resolver: 'claimMatchingUserEntity',
        claim: 'nickname',
        userField: 'metadata.name',
      },
      BY_EMAIL,
    );

    expect(response?.backstageIdentity?.identity.userEntityRef).toBe(
      'user:default/ada',
    );
  });

  it('works once the provider can be reached, without a new start', async () => {
    provider.user = { sub: '1', userinfo: VERIFIED };
    provider.isDown = true;
    const url = await portal(BY_EMAIL);
    const visitor = new SignInVisitor(url);
    await expect(visitor.signIn('oidc', 'production')).rejects.toThrow(
      'temporarily_unavailable',
    );

    provider.isDown = false;
    const { response } = await visitor.signIn('oidc', 'production');
    expect(response?.backstageIdentity?.identity.userEntityRef).toBe(
      'user:default/ada',
    );
  });

  it('refuses an ID token that the provider has not signed', async () => {
    provider.forgesSignatures = true;
    const { response, error } = await signIn({ userinfo: VERIFIED }, BY_EMAIL);

    expect(response).toBeUndefined();
    expect(error?.message).toMatch(/signature/i);
  });

  it('refuses an ID token for another client', async () => {
    const { response, error } = await signIn(
      { idToken: { aud: 'another' }, userinfo: VERIFIED },
      BY_EMAIL,
    );

    expect(response).toBeUndefined();
    expect(error?.message).toMatch(/aud/);
  });

  it('refuses the end of a sign-in that another browser began', async () => {
    provider.user = { sub: '1', userinfo: VERIFIED };
    const url = await portal(BY_EMAIL);
    const callback = await new SignInVisitor(url).authorize(
      'oidc',
      'production',
    );
    const { response, error } = await signInAnswer(
      await new SignInVisitor(url).get(callback),
    );

    expect(response).toBeUndefined();
    expect(error).toMatchObject({ name: 'NotAllowedError' });
    expect(provider.requests).not.toContain('POST /token');
  });

  it.each<[string, JsonObject, string]>([
    ['a misspelt resolver', { resolver: 'claimMatching' }, 'claimMatching'],
    [
      'a field that no User has',
      { ...BY_EMAIL, userField: 'relations.memberOf' },
      'userField',
    ],
    ['no claim', { ...BY_EMAIL, claim: '' }, 'claim'],
    ['an unknown option', { ...BY_EMAIL, acceptAll: true }, 'acceptAll'],
  ])('does not start with %s', async (_, resolver, message) => {
    await expect(portal(resolver)).rejects.toThrow(message);
  });
});

/** The claims of a token that one of the portal's published keys has signed. */
async function verifiedClaims(token: string, url: string): Promise<unknown> {
  const { keys } = await fetch(`${url}/.well-known/jwks.json`).then(response =>
    response.json(),
  );
  const [header, payload, signature] = token.split('.');
  const decoded = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString());
  const jwk = keys.find(
    ({ kid }: { kid: string }) => kid === decoded(header).kid,
  );
  expect(
    verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      {
        key: createPublicKey({ key: jwk, format: 'jwk' }),
        dsaEncoding: 'ieee-p1363',
      },
      Buffer.from(signature, 'base64url'),
    ),
  ).toBe(true);
  return decoded(payload);
}
