import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { fileUrl } from './contentsUrl';
import { fileLocation } from './fileLocation';

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [
          { host: 'git.example.com', baseUrl: 'https://git.example.com' },
        ],
        bitbucketServer: [{ host: 'bitbucket.example.com' }],
      },
    },
  }),
);

function entityAt(location: string | undefined): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'api',
      ...(location && {
        annotations: { 'backstage.io/managed-by-location': location },
      }),
    },
  };
}

describe('fileLocation', () => {
  it.each([
    ['https://github.com/shop/api.git', 'github'],
    ['https://gitlab.com/shop/group/api.git', 'gitlab'],
    ['https://git.example.com/shop/api.git', 'gitea'],
    ['https://bitbucket.org/shop/api.git', 'bitbucketCloud'],
    ['https://bitbucket.example.com/scm/SHOP/api.git', 'bitbucketServer'],
    ['https://bitbucket.example.com/path/scm/SHOP/api.git', 'bitbucketServer'],
  ])('reads what fileUrl writes: %s', (repoUrl, host) => {
    const path = 'deep/catalog-info.yaml';
    const url = fileUrl(repoUrl, 'main', host, path);
    expect(fileLocation(entityAt(`url:${url}`), integrations)).toEqual({
      url,
      repoUrl,
      branch: 'main',
      path,
    });
  });

  it('reads the full name of a branch of Bitbucket Server', () => {
    expect(
      fileLocation(
        entityAt(
          'url:https://bitbucket.example.com/projects/SHOP/repos/api/browse/a.yaml?at=refs%2Fheads%2Fv1%2Fx',
        ),
        integrations,
      ),
    ).toMatchObject({ branch: 'v1/x', path: 'a.yaml' });
  });

  it('reads the page of a folder of GitHub, and encoded names', () => {
    expect(
      fileLocation(
        entityAt('url:https://github.com/shop/api/tree/v1%23x/my%20api.yaml'),
        integrations,
      ),
    ).toMatchObject({ branch: 'v1#x', path: 'my api.yaml' });
  });

  it.each([
    undefined,
    'file:/org.yaml',
    'url:https://unknown.example.com/shop/api/blob/main/a.yaml',
    'url:https://github.com/shop/api',
    // Pull requests can't be opened there.
    'url:https://dev.azure.com/acme/shop/_git/api?path=%2Fa.yaml&version=GBmain',
    // The default branch, whose name it doesn't have.
    'url:https://bitbucket.example.com/projects/SHOP/repos/api/browse/a.yaml',
  ])('says what to do about %s', location => {
    expect(() => fileLocation(entityAt(location), integrations)).toThrow(
      'Add the annotations there by hand',
    );
  });
});
