import { placeOf, repoUrlOf, type SourceHost } from './sourceRepository';

describe('placeOf', () => {
  it.each<[SourceHost, string, object]>([
    [{ type: 'github' }, 'shop', { owner: 'shop' }],
    [{ type: 'github', owner: 'Acme' }, 'shop', { owner: 'Acme' }],
    [{ type: 'gitea', owner: '' }, 'shop', { owner: 'shop' }],
    [{ type: '' }, 'shop', { owner: 'shop' }],
    [{ type: 'gitlab' }, 'shop', { owner: 'shop' }],
    [
      { type: 'gitlab', owner: 'acme/teams/{system}' },
      'shop',
      { owner: 'acme/teams/shop' },
    ],
    [
      { type: 'bitbucketCloud', owner: 'acme' },
      'web-shop',
      { workspace: 'acme', project: 'WEB_SHOP' },
    ],
    [
      { type: 'bitbucketCloud', owner: 'acme', project: 'SVC' },
      'shop',
      { workspace: 'acme', project: 'SVC' },
    ],
    [
      { type: 'bitbucketServer', project: 'T_{system}' },
      'shop.x',
      { project: 'T_SHOP_X' },
    ],
    [
      { type: 'azure', owner: 'acme' },
      'shop',
      { organization: 'acme', project: 'shop' },
    ],
    [
      { type: 'azure', owner: 'acme', project: 'Web Shop' },
      'shop',
      { organization: 'acme', project: 'Web Shop' },
    ],
    // Never a pattern of String.replace.
    [{ type: 'gitlab', owner: 'a/{system}/{system}' }, 'b', { owner: 'a/b/b' }],
  ])('is, with %j for the system %s, %j', (host, system, place) => {
    expect(placeOf(host, system)).toEqual(place);
  });

  it.each<[SourceHost, string]>([
    [
      { type: 'bitbucketCloud' },
      'Bitbucket Cloud needs the workspace that repositories are created in: set scaffolder.defaultEnvironment.parameters.gitOwner in the configuration',
    ],
    [{ type: 'azure', project: 'shop' }, 'Azure DevOps needs the organization'],
    [
      { type: 'bitbucketServer', owner: 'acme' },
      'Bitbucket Server has no owner of repositories: remove scaffolder.defaultEnvironment.parameters.gitOwner',
    ],
    [{ type: 'github', project: 'x' }, 'GitHub has no project of repositories'],
    [
      { type: 'gerrit' },
      'on a host of the kind gerrit. Choose one of gitea, github, gitlab, bitbucketCloud, bitbucketServer, azure',
    ],
    [
      { type: 'github', owner: 'a/b' },
      '"a/b", from scaffolder.defaultEnvironment.parameters.gitOwner, can\'t be the name of the owner of the Git repository',
    ],
    [{ type: 'gitlab', owner: 'acme//x' }, 'the path of a group'],
    [{ type: 'gitlab', owner: '../x' }, 'the path of a group'],
    [{ type: 'bitbucketCloud', owner: 'A' }, 'the id of a workspace'],
    [{ type: 'bitbucketServer', project: '1x' }, 'the key of a project'],
    [{ type: 'azure', owner: 'acme', project: 'a/b' }, 'project in Azure'],
    [{ type: 'azure', owner: 'a&b' }, 'organization in Azure DevOps'],
  ])('refuses %j', (host, message) => {
    expect(() => placeOf(host, 'shop')).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('names the system where it comes from', () => {
    expect(() => placeOf({ type: 'bitbucketServer' }, '2024')).toThrow(
      '"2024", from the system, can\'t be the name of the project in Bitbucket',
    );
  });
});

it.each([
  [{ owner: 'acme/shop' }, 'owner=acme%2Fshop&repo=api'],
  [
    { organization: 'acme', project: 'Web Shop' },
    'organization=acme&project=Web+Shop&repo=api',
  ],
])('repoUrlOf writes %j as the repository picker does', (place, query) => {
  expect(repoUrlOf('git.example.com', place, 'api')).toBe(
    `git.example.com?${query}`,
  );
});
