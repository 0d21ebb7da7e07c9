import type { JsonObject } from '@backstage/types';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { signInProblems } from './signInProblems';

const FOLDER = resolve(__dirname, '../../../../deploy/portal/sign-in');
const EXAMPLES = readdirSync(FOLDER);

const resolvers = [{ resolver: 'usernameMatchingUserEntityName' }];

function withProviders(providers: JsonObject, auth: JsonObject = {}) {
  return signInProblems({
    auth: {
      environment: 'production',
      session: { secret: 'long' },
      ...auth,
      providers,
    },
  });
}

describe('signInProblems', () => {
  it.each(EXAMPLES)('accepts the example %s', file => {
    const { auth } = parse(readFileSync(resolve(FOLDER, file), 'utf8'));

    expect(withProviders(auth.providers)).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ['nothing', {}, 'environment "development"'],
    ['no providers', { auth: {} }, 'Nobody could sign in'],
    ['none', { auth: { providers: {} } }, 'Add one with a further --config'],
    [
      'a guest alone',
      { auth: { environment: 'production', providers: { guest: {} } } },
      'no identity provider for the environment "production"',
    ],
    [
      'a removed one',
      { auth: { providers: { github: null } } },
      'Nobody could sign in',
    ],
  ])('refuses %s', (_, config, message) => {
    expect(signInProblems(config)).toEqual([expect.stringContaining(message)]);
  });

  it('refuses settings for another environment', () => {
    expect(
      withProviders({ github: { development: { signIn: { resolvers } } } }),
    ).toEqual([
      'auth.providers.github has no settings for the environment "production", which auth.environment names. Put them under auth.providers.github.production.',
    ]);
  });

  it('refuses a provider that is not installed, beside one that is', () => {
    expect(
      withProviders({
        github: { production: { signIn: { resolvers } } },
        okta: { production: { signIn: { resolvers } } },
      }),
    ).toEqual([expect.stringContaining("auth.providers.okta isn't installed")]);
  });

  it.each([{}, { signIn: {} }, { signIn: { resolvers: [] } }])(
    'refuses a provider that signs nobody in: %j',
    production => {
      expect(withProviders({ github: { production } })).toEqual([
        expect.stringContaining(
          'auth.providers.github.production.signIn.resolvers is missing',
        ),
      ]);
    },
  );

  it('refuses to let everybody of GitHub in', () => {
    expect(
      withProviders({
        github: {
          production: {
            signIn: {
              resolvers: [
                {
                  ...resolvers[0],
                  dangerouslyAllowSignInWithoutUserInCatalog: true,
                },
              ],
            },
          },
        },
      }),
    ).toEqual([expect.stringContaining('everybody in who has an account')]);
  });

  it.each([{ session: {} }, { session: { secret: '' } }, { session: null }])(
    'refuses OpenID Connect with %j',
    auth => {
      expect(
        withProviders(
          { oidc: { production: { signIn: { resolvers } } } },
          auth,
        ),
      ).toEqual([expect.stringContaining('auth.session.secret is missing')]);
    },
  );
});
