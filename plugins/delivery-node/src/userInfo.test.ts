import fc from 'fast-check';
import { repositoryUrl, withoutUserInfo } from './userInfo';

describe('repositoryUrl', () => {
  it.each([
    ['https://git.example.com/shop/deploy.git', undefined],
    ['https://git.example.com:8443/a@b/deploy', undefined],
    ['git@github.com:org/repo.git', undefined],
    ['ssh://git@github.com/org/repo.git', undefined],
    ['ssh://git@github.com:22/org/repo.git', undefined],
    ['registry.example.com/charts', undefined],
    ['registry.example.com:5000/charts', undefined],
    ['oci://registry.example.com/charts', undefined],
    ['', undefined],
    ['file:///srv/repo', undefined],
    ['https://[::1]:3000/repo', undefined],
    ['https://user:pass@host/repo', 'https://host/repo'],
    ['https://token@host/repo', 'https://host/repo'],
    ['https://git@host/repo', 'https://host/repo'],
    ['HTTPS://u:p@host:8443/repo', 'HTTPS://host:8443/repo'],
    ['https://u:p%40x@host/repo', 'https://host/repo'],
    ['https://u:p@x@host/repo', 'https://host/repo'],
    ['https://u:pa/ss@host/repo', 'https://host/repo'],
    ['https://u:p?a#s@host/repo', 'https://host/repo'],
    ['https://host/repo?private_token=s3cret', 'https://host/repo'],
    ['https://host/repo#s3cret', 'https://host/repo'],
    ['ssh://git:pass@host/repo', 'ssh://host/repo'],
    ['ssh://deploy@host/repo', 'ssh://host/repo'],
    ['deploy:pass@host:org/repo', 'host:org/repo'],
    ['user:pass@registry.example.com/charts', 'registry.example.com/charts'],
    ['oci://user:pass@registry.example.com/c', 'oci://registry.example.com/c'],
  ])('of %s is %s', (url, expected) => {
    expect(repositoryUrl(url)).toBe(expected ?? url);
    expect(repositoryUrl(repositoryUrl(url))).toBe(expected ?? url);
  });
});

describe('withoutUserInfo', () => {
  it.each([
    ['no URL, but a@b and c://', undefined],
    ['see https://host/a@b', undefined],
    ['https://a:1/x and mail me@example.com', undefined],
    [
      'failed to fetch "https://user:s3cret@host/x": authentication required',
      'failed to fetch "https://host/x": authentication required',
    ],
    [
      'https://a:b@h/1,https://c@h/2 (ssh://git@h/3)',
      'https://h/1,https://h/2 (ssh://git@h/3)',
    ],
    ['Grafana|https://u:p@grafana/d', 'Grafana|https://grafana/d'],
  ])('of %s is %s', (text, expected) => {
    expect(withoutUserInfo(text)).toBe(expected ?? text);
  });

  it('removes every password from URLs anywhere in a text', () => {
    const word = fc.stringMatching(/^[a-z0-9.:/ -]{0,10}$/);
    const secret = fc.stringMatching(/^S3[A-Z0-9%:+=!*$&.-]{1,20}S3$/);
    const scheme = fc.constantFrom('http', 'https', 'ssh', 'oci', 'git+ssh');
    fc.assert(
      fc.property(
        word,
        scheme,
        secret,
        word,
        (before, name, password, after) => {
          const text = `${before} ${name}://user:${password}@host/repo ${after}`;
          expect(withoutUserInfo(text)).toBe(
            `${before} ${name}://host/repo ${after}`,
          );
          const token = `${before} ${name}://${password}@host/repo`;
          expect(withoutUserInfo(token)).not.toContain(password);
        },
      ),
      { numRuns: 1000 },
    );
  });

  // For each mark of a URL, the search covers at most a few hundred characters
  // after its authority.
  it.each(['://', '://a:b/', '://a:b?', '@', 'x://y:z@', '://::'])(
    'handles a long text of %j',
    part => {
      const text = part.repeat(200_000);
      expect(withoutUserInfo(text).length).toBeLessThanOrEqual(text.length);
    },
  );
});
