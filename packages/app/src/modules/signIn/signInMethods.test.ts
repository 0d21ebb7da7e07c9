import { mockApis } from '@backstage/frontend-test-utils';
import type { JsonObject } from '@backstage/types';
import { signInMethods, type SignInMethod } from './signInMethods';

describe('signInMethods', () => {
  it.each<[string, JsonObject, SignInMethod[]]>([
    ['nothing', {}, []],
    ['no providers', { providers: {} }, []],
    [
      'those of the environment',
      {
        environment: 'production',
        providers: { oidc: { production: {} }, github: { production: {} } },
      },
      ['github', 'oidc'],
    ],
    [
      'those of the environment "development" by default',
      { providers: { github: { development: {} }, oidc: { production: {} } } },
      ['github'],
    ],
    [
      'no guest where there is another environment alone',
      { environment: 'production', providers: { github: { development: {} } } },
      [],
    ],
    ['a guest that is configured', { providers: { guest: {} } }, ['guest']],
    [
      'a guest beside others',
      { providers: { guest: {}, github: { development: {} } } },
      ['github', 'guest'],
    ],
    ['no guest that a file removes', { providers: { guest: null } }, []],
    [
      'no provider that a file removes',
      { providers: { github: { development: null } } },
      [],
    ],
    [
      'no provider without a button here',
      { providers: { okta: { development: {} } } },
      [],
    ],
  ])('finds %s', (_, auth, methods) => {
    expect(signInMethods(mockApis.config({ data: { auth } }))).toEqual(methods);
  });
});
