import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { contentsUrl, fileUrl } from './contentsUrl';

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: { bitbucketServer: [{ host: 'bitbucket.example.com' }] },
    },
  }),
);

it.each([
  [
    'https://bitbucket.example.com/scm/SHOP/api.git',
    'bitbucketServer',
    'https://bitbucket.example.com/projects/SHOP/repos/api/browse?at=main',
    'https://bitbucket.example.com/projects/SHOP/repos/api/browse/catalog-info.yaml?at=main',
  ],
  [
    'https://dev.azure.com/acme/shop/_git/api',
    'azure',
    'https://dev.azure.com/acme/shop/_git/api?version=GBmain',
    'https://dev.azure.com/acme/shop/_git/api?path=%2Fcatalog-info.yaml&version=GBmain',
  ],
  [
    'https://bitbucket.org/acme/api.git',
    'bitbucketCloud',
    'https://bitbucket.org/acme/api/src/main',
    'https://bitbucket.org/acme/api/src/main/catalog-info.yaml',
  ],
  [
    'https://gitlab.com/acme/shop/api.git',
    'gitlab',
    'https://gitlab.com/acme/shop/api/-/blob/main',
    'https://gitlab.com/acme/shop/api/-/blob/main/catalog-info.yaml',
  ],
])('the pages of %s', (url, host, root, file) => {
  expect(contentsUrl(url, 'main', host)).toBe(root);
  expect(fileUrl(url, 'main', host, 'catalog-info.yaml')).toBe(file);
  // Backstage's catalog:register finds the file from the root; the order of the
  // query means nothing.
  const resolved = integrations.resolveUrl({
    url: '/catalog-info.yaml',
    base: root,
  });
  const parts = (text: string) => {
    const { origin, pathname, searchParams } = new URL(text);
    return [origin, pathname, Object.fromEntries(searchParams)];
  };
  expect(parts(resolved)).toEqual(parts(file));
});
