import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { contentsUrl } from './contentsUrl';
import { fileLocation } from './fileLocation';

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [
          { host: 'git.example.com', baseUrl: 'https://git.example.com' },
        ],
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
    ['https://github.com/shop/api', 'github'],
    ['https://gitlab.com/shop/group/api', 'gitlab'],
    ['https://git.example.com/shop/api', 'gitea'],
    ['https://bitbucket.org/shop/api', 'bitbucketCloud'],
  ])('reads what contentsUrl writes: %s', (repository, host) => {
    const root = contentsUrl(`${repository}.git`, 'main', host);
    const url = `${root}/deep/catalog-info.yaml`;
    expect(fileLocation(entityAt(`url:${url}`), integrations)).toEqual({
      url,
      repoUrl: `${repository}.git`,
      branch: 'main',
      path: 'deep/catalog-info.yaml',
    });
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
  ])('says what to do about %s', location => {
    expect(() => fileLocation(entityAt(location), integrations)).toThrow(
      'Add the annotations there by hand',
    );
  });
});
