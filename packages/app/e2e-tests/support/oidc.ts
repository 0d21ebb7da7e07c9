import type { OidcProvider } from '@landfall/testing-kit';

/** The portal at a provider of the tests. */
export const CLIENT = {
  clientId: 'portal',
  clientSecret: 'the-secret-of-the-test',
};

/** Name of the provider on the sign-in page. */
const TITLE = 'Example ID';

/** Signs in those people of the catalog whose email address the provider confirms. */
export function signInBy({ metadataUrl }: OidcProvider) {
  return {
    app: { signIn: { oidcTitle: TITLE } },
    auth: {
      session: { secret: 'the-session-secret-of-the-test' },
      providers: {
        oidc: {
          development: {
            ...CLIENT,
            metadataUrl,
            prompt: 'auto',
            additionalScopes: ['offline_access'],
            signIn: {
              resolvers: [
                {
                  resolver: 'claimMatchingUserEntity',
                  claim: 'email',
                  userField: 'spec.profile.email',
                },
              ],
            },
          },
        },
      },
    },
  };
}

/** What the provider knows of a person. */
export function userOf(name: string, email: string) {
  return { sub: email, userinfo: { email, email_verified: true, name } };
}
