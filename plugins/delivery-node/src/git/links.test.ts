import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { commitUrl, compareUrl } from './links';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [{ host: 'github.com' }],
      gitlab: [{ host: 'gitlab.com' }],
      gitea: [{ host: 'forge.example.com' }],
      bitbucketServer: [
        {
          host: 'bb.example.com',
          apiBaseUrl: 'https://bb.example.com/rest/api/1.0',
        },
      ],
    },
  }),
);
const from = 'a'.repeat(40);
const to = 'b'.repeat(40);

describe('commitUrl', () => {
  it.each([
    [
      'https://github.com/shop/api.git',
      `https://github.com/shop/api/commit/${to}`,
    ],
    [
      'https://gitlab.com/shop/sub/api',
      `https://gitlab.com/shop/sub/api/-/commit/${to}`,
    ],
    [
      'https://forge.example.com/shop/api/',
      `https://forge.example.com/shop/api/commit/${to}`,
    ],
    [
      'https://bitbucket.org/shop/api',
      `https://bitbucket.org/shop/api/commits/${to}`,
    ],
    [
      'https://bb.example.com/scm/SHOP/api.git',
      `https://bb.example.com/projects/SHOP/repos/api/commits/${to}`,
    ],
    [
      'https://bb.example.com/git/scm/~jo/api.git',
      `https://bb.example.com/git/users/jo/repos/api/commits/${to}`,
    ],
    [
      'https://other.example.com/shop/api',
      `https://other.example.com/shop/api/commit/${to}`,
    ],
    ['git@github.com:shop/api.git', undefined],
  ])('of %s is %s', (repoUrl, url) => {
    expect(commitUrl(repoUrl, to, integrations)).toBe(url);
  });

  it('is none for what is no commit', () => {
    expect(commitUrl('https://github.com/a/b', 'main', integrations)).toBe(
      undefined,
    );
  });
});

describe('compareUrl', () => {
  it.each([
    [
      'https://github.com/shop/api.git',
      `https://github.com/shop/api/compare/${from}...${to}`,
    ],
    [
      'https://gitlab.com/shop/api',
      `https://gitlab.com/shop/api/-/compare/${from}...${to}`,
    ],
    [
      'https://forge.example.com/shop/api/',
      `https://forge.example.com/shop/api/compare/${from}...${to}`,
    ],
    [
      'https://bitbucket.org/shop/api',
      `https://bitbucket.org/shop/api/branches/compare/${to}..${from}`,
    ],
    [
      'https://bb.example.com/scm/SHOP/api',
      `https://bb.example.com/projects/SHOP/repos/api/compare/commits?sourceBranch=${to}&targetBranch=${from}`,
    ],
    [
      'https://bb.example.com/scm/SHOP/api.git/',
      `https://bb.example.com/projects/SHOP/repos/api/compare/commits?sourceBranch=${to}&targetBranch=${from}`,
    ],
    [
      'https://bb.example.com/scm/~jo/api.git',
      `https://bb.example.com/users/jo/repos/api/compare/commits?sourceBranch=${to}&targetBranch=${from}`,
    ],
    [
      'https://bb.example.com/bitbucket/scm/SHOP/api.git',
      `https://bb.example.com/bitbucket/projects/SHOP/repos/api/compare/commits?sourceBranch=${to}&targetBranch=${from}`,
    ],
    ['https://other.example.com/shop/api', undefined],
    ['git@github.com:shop/api.git', undefined],
  ])('of %s is %s', (repoUrl, url) => {
    expect(compareUrl(repoUrl, { from, to }, integrations)).toBe(url);
  });

  it('is none for what is no commit', () => {
    expect(
      compareUrl('https://github.com/a/b', { from, to: 'main' }, integrations),
    ).toBeUndefined();
  });
});
