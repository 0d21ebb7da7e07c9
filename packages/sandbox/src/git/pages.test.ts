import { TestHost } from './__testUtils__/TestHost';

const MARKUP = '# api\n<img src=x onerror=alert(1)>\n';

describe('Pages', () => {
  let host: TestHost;
  let first: string;
  let second: string;

  beforeAll(async () => {
    host = await TestHost.start();
    const { folder, commitId } = await host.publish(
      'api',
      { 'README.md': MARKUP, 'apps/api/values.yaml': 'tag: 1.0.0\n' },
      'First',
    );
    first = commitId;
    second = await host.commit(
      folder,
      { 'apps/api/values.yaml': 'tag: 1.0.1\n' },
      'build: automatic update of api-dev',
    );
    await host.mustGit(
      ['push', '--quiet', 'origin', 'main', 'HEAD:refs/heads/feature/x'],
      folder,
    );
    await host.api('/orgs/shop/repos', {
      method: 'POST',
      body: { name: 'empty' },
    });
  });
  afterAll(() => host.stop());

  async function page(path: string, init: RequestInit = {}) {
    const response = await fetch(`${host.url}${path}`, {
      redirect: 'manual',
      ...init,
    });
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    };
  }

  it.each([
    '/shop/api',
    '/shop/api.git',
    '/shop/api/src/branch/main',
    '/shop/api/src/branch/feature/x/apps/api/values.yaml',
    '/shop/api/_edit/main/README.md',
  ])('shows the log at %s', async path => {
    const { status, text } = await page(path);
    expect(status).toBe(200);
    expect(text).toMatch(/build: automatic update[^]*First/);
  });

  it('shows an empty repository', async () => {
    expect(await page('/shop/empty')).toMatchObject({ status: 200, text: '' });
  });

  it('shows a commit with its diff', async () => {
    const { status, text } = await page(`/shop/api/commit/${second}`);
    expect(status).toBe(200);
    expect(text).toContain('build: automatic update of api-dev');
    expect(text).toContain('\n-tag: 1.0.0\n+tag: 1.0.1\n');
    expect(
      (await page(`/shop/api/commit/${first.slice(0, 10)}`)).text,
    ).toContain('+# api');
    expect((await page(`/shop/api/commit/${'0'.repeat(40)}`)).status).toBe(404);
  });

  it('sends markup as text, so that a browser runs nothing of it', async () => {
    const { text, headers } = await page(`/shop/api/commit/${first}`);
    expect(text).toContain('<img src=x onerror=alert(1)>');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['/shop/none', 404],
    ['/shop/api/unknown', 404],
    ['/shop/..%2f..%2fetc', 422],
    ['/..%2f..', 404],
    ['/shop/%zz', 400],
  ])('answers %s with %i', async (path, status) => {
    expect(await host.rawStatus(path)).toBe(status);
  });
});
