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

  it.each(['/shop/api', '/shop/api.git'])('shows the log at %s', async path => {
    const { status, text } = await page(path);
    expect(status).toBe(200);
    expect(text).toMatch(/build: automatic update[^]*First/);
  });

  it('shows an empty repository, whose branch is not there yet', async () => {
    expect((await page('/shop/empty')).text).toBe(
      'This repository is empty.\n',
    );
    expect((await page('/shop/empty/src/branch/main')).status).toBe(404);
  });

  it.each([
    'branch/main',
    'branch/main/',
    'branch/feature/x',
    'branch/feature%2Fx',
  ])('lists the files of %s', async ref => {
    const { status, text } = await page(`/shop/api/src/${ref}`);
    expect(status).toBe(200);
    expect(text).toContain('README.md\napps/\n');
  });

  it('shows a file of a branch and of a commit', async () => {
    const path = 'apps/api/values.yaml';
    expect((await page(`/shop/api/src/branch/main/${path}`)).text).toBe(
      'tag: 1.0.1\n',
    );
    expect((await page(`/shop/api/src/commit/${first}/${path}`)).text).toBe(
      'tag: 1.0.0\n',
    );
    expect((await page('/shop/api/src/branch/main/none')).status).toBe(404);
  });

  it('sends markup as text, so that a browser runs nothing of it', async () => {
    const { text, headers } = await page('/shop/api/src/branch/main/README.md');
    expect(text).toBe(MARKUP);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('shows a commit with its diff', async () => {
    const { status, text } = await page(`/shop/api/commit/${second}`);
    expect(status).toBe(200);
    expect(text).toContain('build: automatic update of api-dev');
    expect(text).toContain('\n-tag: 1.0.0\n+tag: 1.0.1\n');
    expect(
      (await page(`/shop/api/commit/${first.slice(0, 10)}`)).text,
    ).toContain('+# api');
    expect((await page('/shop/api/commit/main')).status).toBe(404);
    expect((await page(`/shop/api/commit/${'0'.repeat(40)}`)).status).toBe(404);
  });

  it('leads "edit" links to the file', async () => {
    expect(
      (await page('/shop/api/_edit/main/README.md')).headers.get('location'),
    ).toBe(`${host.url}/shop/api/src/branch/main/README.md`);
  });

  it.each([
    ['/shop/none', 404],
    ['/shop/api/src/branch/<script>', 404],
    ['/shop/api/src/branch/main/../../../../etc/passwd', 400],
    ['/shop/api/src/branch/main/..%2f..%2fetc/passwd', 400],
    ['/shop/..%2f..%2fetc', 422],
    ['/..%2f..', 404],
    ['/shop/api/src/branch/main/%00', 400],
    ['/shop/api/src/branch/--all', 404],
    ['/shop/%zz', 400],
  ])('answers %s with %i', async (path, status) => {
    expect(await host.rawStatus(path)).toBe(status);
  });
});
