import { mockServices } from '@backstage/backend-test-utils';
import { GitCredentialsProvider } from './credentials';

const provider = GitCredentialsProvider.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        github: [{ host: 'github.com', token: 'configured' }],
        gitlab: [
          {
            host: 'gitlab.com',
            apiBaseUrl: 'https://gitlab.com/api/v4',
            token: 'configured',
          },
        ],
        gitea: [
          {
            host: 'gitea.example.com',
            username: 'bot',
            password: 'configured',
          },
        ],
        bitbucketCloud: [{ username: 'bot', appPassword: 'configured' }],
        bitbucketServer: [
          {
            host: 'bitbucket.example.com',
            apiBaseUrl: 'https://bitbucket.example.com/rest/api/1.0',
            username: 'bot',
            password: 'configured',
          },
        ],
        azure: [
          {
            host: 'dev.azure.com',
            credentials: [{ personalAccessToken: 'configured' }],
          },
        ],
        gerrit: [
          {
            host: 'gerrit.example.com',
            gitilesBaseUrl: 'https://gerrit.example.com/gitiles',
            username: 'bot',
            password: 'configured',
          },
        ],
      },
    },
  }),
);

describe.each([
  ['https://github.com/shop/api', 'x-access-token', 'x-access-token'],
  ['https://gitlab.com/shop/api', 'oauth2', 'oauth2'],
  ['https://gitea.example.com/shop/api', 'bot', 'bot'],
  ['https://bitbucket.org/shop/api', 'bot', 'x-token-auth'],
  ['https://bitbucket.example.com/scm/shop/api', 'bot', 'x-token-auth'],
  ['https://dev.azure.com/shop/shop/_git/api', 'azure', 'azure'],
  ['https://gerrit.example.com/shop/api', 'bot', 'bot'],
])('credentials for %s', (url, username, usernameOfToken) => {
  it('come from the integration', async () => {
    await expect(provider.getCredentials(url)).resolves.toEqual({
      username,
      password: 'configured',
    });
  });

  it('are only the caller’s token if there is one', async () => {
    await expect(provider.getCredentials(url, 'own')).resolves.toEqual({
      username: usernameOfToken,
      password: 'own',
    });
  });
});

it('sends no token to an unconfigured host', async () => {
  await expect(
    provider.getCredentials('https://git.example.org/shop/api', 'own'),
  ).resolves.toBeUndefined();
});

it.each([
  // An API token of an account, which is named by its email address.
  [{ username: 'bot@example.com', token: 'x' }, 'x-bitbucket-api-token-auth'],
  // An access token of a repository, project or workspace.
  [{ token: 'x' }, 'x-token-auth'],
])('takes the token of Bitbucket Cloud from %j', async (config, username) => {
  await expect(
    GitCredentialsProvider.fromConfig(
      mockServices.rootConfig({
        data: { integrations: { bitbucketCloud: [config] } },
      }),
    ).getCredentials('https://bitbucket.org/shop/api'),
  ).resolves.toEqual({ username, password: 'x' });
});
