import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { Links } from './links';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

describe('Links', () => {
  const links = Links.create({
    frontendUrls: new Map([['main', 'https://argocd.example.com/ui']]),
    integrations: ScmIntegrations.fromConfig(
      mockServices.rootConfig({
        data: {
          integrations: {
            gitlab: [
              {
                host: 'gitlab.example.com',
                apiBaseUrl: 'https://gitlab.example.com/api/v4',
              },
            ],
          },
        },
      }),
    ),
  });

  it('leads to an application in Argo CD', () => {
    const ref = { instance: 'main', namespace: 'argocd', name: 'api-dev' };
    expect(links.application(ref)).toBe(
      'https://argocd.example.com/ui/applications/argocd/api-dev',
    );
    expect(links.application({ ...ref, instance: 'gone' })).toBeUndefined();
  });

  it('leads to a commit, as its host has it', () => {
    const sha = 'c57a1d5e15d1d8f7ce1b407140f677b75051ef14';
    expect(links.commit('https://github.com/shop/deploy.git', sha)).toBe(
      `https://github.com/shop/deploy/commit/${sha}`,
    );
    expect(links.commit('https://gitlab.example.com/shop/deploy', sha)).toBe(
      `https://gitlab.example.com/shop/deploy/-/commit/${sha}`,
    );
    expect(
      links.commit('https://github.com/shop/deploy', 'main'),
    ).toBeUndefined();
    expect(links.commit('https://github.com/shop/deploy///', sha)).toBe(
      `https://github.com/shop/deploy/commit/${sha}`,
    );
  });

  it.each(['https://', 'https://[half/deploy', 'git@github.com:shop/deploy'])(
    'leads to no commit of %s, which is no web page',
    url => {
      expect(links.commit(url, 'c57a1d5e15d1d8f7')).toBeUndefined();
    },
  );

  it.each([
    [
      `${ECR}/shop/api`,
      { digest: DIGEST },
      `https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/123456789012/shop/api/_/image/${DIGEST}/details?region=eu-west-1`,
    ],
    [
      `${ECR}/shop/api`,
      { tag: '1.0.0' },
      'https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/123456789012/shop/api?region=eu-west-1',
    ],
    [
      '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/shop/api',
      { tag: '1.0.0' },
      'https://cn-north-1.console.amazonaws.cn/ecr/repositories/private/123456789012/shop/api?region=cn-north-1',
    ],
    [
      '123456789012.dkr-ecr.eu-west-1.on.aws/api',
      {},
      'https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/123456789012/api?region=eu-west-1',
    ],
    [
      '123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/api',
      {},
      'https://us-gov-west-1.console.amazonaws-us-gov.com/ecr/repositories/private/123456789012/api?region=us-gov-west-1',
    ],
    [
      '123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/api',
      {},
      'https://eusc-de-east-1.console.amazonaws-eusc.eu/ecr/repositories/private/123456789012/api?region=eusc-de-east-1',
    ],
    ['123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov/api', {}, undefined],
    ['ghcr.io/shop/api', { tag: '1.0.0' }, undefined],
    ['127.0.0.1:5000/shop/api', { digest: DIGEST }, undefined],
  ])(
    'leads to an image of %s %j in the console',
    (repository, version, url) => {
      expect(links.image(repository, version)).toBe(url);
    },
  );
});
