import { ScmIntegrations } from '@backstage/integration';
import { mockServices } from '@backstage/backend-test-utils';
import { resolveRepository } from './resolveRepository';

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [
          {
            host: 'git.example.com:3000',
            baseUrl: 'http://git.example.com:3000',
          },
        ],
        bitbucketServer: [
          {
            host: 'bitbucket.example.com',
            apiBaseUrl: 'http://bitbucket.example.com/context/rest/api/1.0',
          },
        ],
        gitlab: [
          {
            host: 'gitlab.example.com',
            baseUrl: 'https://gitlab.example.com',
            apiBaseUrl: 'https://gitlab.example.com/api/v4',
          },
        ],
      },
    },
  }),
);

describe('resolveRepository', () => {
  it.each([
    [
      'http://git.example.com:3000/shop/deploy.git',
      'http://git.example.com:3000/shop/deploy.git',
    ],
    ['github.com?owner=shop&repo=deploy', 'https://github.com/shop/deploy.git'],
    [
      'git.example.com:3000?owner=shop&repo=deploy',
      'http://git.example.com:3000/shop/deploy.git',
    ],
    [
      'gitlab.example.com?owner=shop&repo=deploy',
      'https://gitlab.example.com/shop/deploy.git',
    ],
    [
      'bitbucket.org?workspace=shop&project=s&repo=deploy',
      'https://bitbucket.org/shop/deploy.git',
    ],
    [
      'dev.azure.com?organization=org&project=shop&repo=deploy',
      'https://dev.azure.com/org/shop/_git/deploy',
    ],
    [
      'dev.azure.com?organization=org&project=Web+Shop&repo=deploy',
      'https://dev.azure.com/org/Web%20Shop/_git/deploy',
    ],
    [
      'gitlab.example.com?owner=acme%2Fshop&repo=deploy',
      'https://gitlab.example.com/acme/shop/deploy.git',
    ],
    [
      'bitbucket.example.com?project=SHOP&repo=deploy',
      'http://bitbucket.example.com/context/scm/SHOP/deploy.git',
    ],
  ])('resolves %s to %s', (given, url) => {
    expect(resolveRepository(given, integrations)).toBe(url);
  });

  it.each([
    [
      'https://user:secret@git.example.com/a.git',
      'must not contain credentials',
    ],
    ['http://169.254.169.254/x', "isn't a configured Git host"],
    ['https://git.example.com/shop/deploy.git', "isn't a configured Git host"],
    ['http://github.com/shop/deploy.git', 'Use https for github.com'],
    ['file:///etc/passwd', "isn't the URL of a Git repository"],
    ['github.com?owner=shop&repo=a%3Fb', 'without a query'],
    ['unknown.example.com?owner=a&repo=b', 'No matching integration'],
    ['https://', "isn't the URL of a Git repository"],
    ['github.com?owner=shop', 'missing repo'],
  ])('refuses %s', (given, message) => {
    expect(() => resolveRepository(given, integrations)).toThrow(message);
  });
});
