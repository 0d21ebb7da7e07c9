import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { checkedRepositoryUrl } from './repositoryUrl';

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [
          { host: '10.0.0.7:3000', baseUrl: 'http://10.0.0.7:3000' },
          { host: 'gitea.example.com', baseUrl: 'https://gitea.example.com' },
        ],
        github: [
          {
            host: 'ghe.internal',
            apiBaseUrl: 'http://ghe.internal/api/v3',
          },
        ],
      },
    },
  }),
);

describe('checkedRepositoryUrl', () => {
  it.each([
    ['https://github.com/shop/deploy.git', undefined],
    ['https://gitea.example.com/shop/deploy', undefined],
    ['http://10.0.0.7:3000/shop/deploy.git', undefined],
    ['http://ghe.internal/shop/deploy.git', undefined],
    [
      'https://GitHub.com/shop/deploy.git/',
      'https://github.com/shop/deploy.git',
    ],
    ['https://github.com/../shop/./deploy', 'https://github.com/shop/deploy'],
  ])('accepts %s', (url, normalized = url) => {
    expect(checkedRepositoryUrl(url, integrations)).toBe(normalized);
  });

  it.each([
    ['http://169.254.169.254/x', "isn't a configured Git host"],
    ['https://[::ffff:a9fe:a9fe]/x', "isn't a configured Git host"],
    ['http://10.0.0.7/shop/deploy.git', "isn't a configured Git host"],
    ['https://argocd-server.argocd/x', "isn't a configured Git host"],
    ['https://github.com:8443/shop/deploy', "isn't a configured Git host"],
    ['https://github.com.evil.example/shop/x', "isn't a configured Git host"],
    ['https://bucket.s3.amazonaws.com/x', "isn't a configured Git host"],
    ['http://github.com/shop/deploy.git', 'Use https for github.com'],
    ['http://gitea.example.com/shop/x', 'Use https for gitea.example.com'],
    ['https://user:secret@github.com/a.git', 'must not contain credentials'],
    ['https://token@github.com/a.git', 'must not contain credentials'],
    ['https://github.com/a.git?x=1', 'without a query'],
    ['https://github.com/a.git#x', 'without a query'],
    ['https://github.com', 'must be the clone URL'],
    ['file:///etc/passwd', "isn't the URL of a Git repository"],
    ['ssh://github.com/shop/deploy.git', "isn't the URL of"],
    ['ssh://git@github.com/shop/deploy.git', 'must not contain credentials'],
    ['git@github.com:shop/deploy.git', "isn't the URL of"],
    ['https://', "isn't the URL of"],
    ['', "isn't the URL of"],
  ])('refuses %s', (url, message) => {
    expect(() => checkedRepositoryUrl(url, integrations)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
  });

  it.each([
    'ftp://user:hunter2@github.com/x',
    'https://user:hunter2@',
    'user:hunter2@github.com',
  ])('never quotes a password in its error: %s', url => {
    let message = '';
    try {
      checkedRepositoryUrl(url, integrations);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('InputError');
    expect(message).not.toContain('hunter2');
  });
});
