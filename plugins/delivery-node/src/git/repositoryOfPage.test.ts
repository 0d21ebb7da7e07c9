import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { repositoryOfPage } from './repositoryOfPage';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [{ host: 'github.com' }],
      gitlab: [{ host: 'gitlab.com' }],
      gitea: [
        { host: 'git.example.com', baseUrl: 'https://git.example.com/gitea' },
        { host: 'forge.example.com' },
      ],
      bitbucketServer: [
        {
          host: 'bb.example.com',
          apiBaseUrl: 'https://bb.example.com/rest/api/1.0',
        },
      ],
    },
  }),
);

describe('repositoryOfPage', () => {
  it.each([
    [
      'https://github.com/shop/api/blob/main/catalog-info.yaml',
      'https://github.com/shop/api',
    ],
    ['https://github.com/shop/api/tree/main/', 'https://github.com/shop/api'],
    [
      'https://github.com/shop/mono/tree/main/services/api/',
      'https://github.com/shop/mono',
    ],
    ['https://github.com/shop', undefined],
    [
      'https://gitlab.com/shop/sub/api/-/blob/main/catalog-info.yaml',
      'https://gitlab.com/shop/sub/api',
    ],
    ['https://gitlab.com/shop/api/tree/main/', 'https://gitlab.com/shop/api'],
    ['https://gitlab.com/shop/api', undefined],
    [
      'https://git.example.com/gitea/shop/api/src/branch/main/catalog-info.yaml',
      'https://git.example.com/gitea/shop/api',
    ],
    ['https://git.example.com/elsewhere/shop/api', undefined],
    [
      'https://forge.example.com/shop/api/src/branch/main/',
      'https://forge.example.com/shop/api',
    ],
    [
      'https://bitbucket.org/shop/api/src/main/catalog-info.yaml',
      'https://bitbucket.org/shop/api',
    ],
    [
      'https://bb.example.com/projects/SHOP/repos/api/browse/catalog-info.yaml',
      'https://bb.example.com/scm/SHOP/api',
    ],
    ['https://bb.example.com/users/jo/repos/api/browse', undefined],
    [
      'https://other.example.com/shop/api/blob/main/catalog-info.yaml',
      undefined,
    ],
    ['no URL', undefined],
  ])('of %s is %s', (url, repository) => {
    expect(repositoryOfPage(url, integrations)).toBe(repository);
  });
});
