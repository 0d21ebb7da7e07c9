import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { TestHost } from './__testUtils__/TestHost';

const ODD = '<script>alert("x")&.txt';

describe('Pages', () => {
  let host: TestHost;
  let first: string;
  let second: string;

  beforeAll(async () => {
    host = await TestHost.start();
    const { folder, commitId } = await host.publish(
      'api',
      {
        'README.md': '# api\n<img src=x onerror=alert(1)>\n',
        'apps/api/values.yaml': 'image:\n  tag: 1.0.0\n',
        'logo.bin': Buffer.from([0, 1, 2]),
      },
      'First <b>bold</b>',
    );
    first = commitId;
    second = await host.commit(
      folder,
      { 'apps/api/values.yaml': 'image:\n  tag: 1.0.1\n' },
      "build: automatic update of api-dev\n\nupdates image shop/api tag '1.0.0' to '1.0.1'",
    );
    await host.mustGit(['push', '--quiet', 'origin', 'main'], folder);
    await host.mustGit(
      ['push', '--quiet', 'origin', 'HEAD:refs/heads/feature/x'],
      folder,
    );
    // A name that some file systems don't take gets in without a working copy.
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: folder,
      input: 'odd\n',
    })
      .toString()
      .trim();
    await host.mustGit(
      ['update-index', '--add', '--cacheinfo', `100644,${blob},${ODD}`],
      folder,
    );
    await host.mustGit(['commit', '--quiet', '--message', 'Odd'], folder);
    await host.mustGit(
      ['push', '--quiet', 'origin', 'HEAD:refs/heads/odd'],
      folder,
    );
    await host.api('/orgs/shop/repos', {
      method: 'POST',
      body: { name: 'secret', private: true, auto_init: true },
    });
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

  it('lists owners and their repositories', async () => {
    expect(await page('/')).toMatchObject({
      status: 200,
      text: expect.stringContaining(`href="${host.url}/shop"`),
    });
    const owner = await page('/shop');
    expect(owner.status).toBe(200);
    expect(owner.text).toContain(`href="${host.url}/shop/api"`);
    expect(owner.text).not.toContain('secret');
    expect((await page('/nobody')).status).toBe(404);
  });

  it('shows a repository with its files and commits', async () => {
    const { status, text, headers } = await page('/shop/api');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain(
      "default-src 'none'",
    );
    expect(text).toContain(
      `href="${host.url}/shop/api/src/branch/main/README.md"`,
    );
    expect(text).toContain('build: automatic update of api-dev');
    expect(text).toContain('First &lt;b&gt;bold&lt;/b&gt;');
    expect(text).not.toContain('<b>bold');
    expect((await page('/shop/api.git')).headers.get('location')).toBe(
      `${host.url}/shop/api`,
    );
  });

  it('shows an empty repository, whose branch is not there yet', async () => {
    expect((await page('/shop/empty')).text).toContain(
      'This repository is empty',
    );
    expect((await page('/shop/empty/src/branch/main')).status).toBe(404);
  });

  it.each([
    'branch/main',
    'branch/main/',
    'branch/feature/x',
    'branch/feature%2Fx',
  ])('shows the files of %s', async ref => {
    const { status, text } = await page(`/shop/api/src/${ref}`);
    expect(status).toBe(200);
    expect(text).toContain('apps/');
  });

  it('shows a file of a branch and of a commit, escaped', async () => {
    const now = await page('/shop/api/src/branch/main/apps/api/values.yaml');
    expect(now.text).toContain('  tag: 1.0.1');
    expect(now.text).toContain('id="L2"');
    const then = await page(
      `/shop/api/src/commit/${first}/apps/api/values.yaml`,
    );
    expect(then.text).toContain('  tag: 1.0.0');
    const readme = await page('/shop/api/src/branch/main/README.md');
    expect(readme.text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(readme.text).not.toContain('<img');
    expect((await page('/shop/api/src/branch/main/logo.bin')).text).toContain(
      'This file is binary',
    );
    const odd = await page('/shop/api/src/branch/odd');
    expect(odd.text).toContain('&lt;script&gt;alert(&quot;x&quot;)');
    expect(odd.text).not.toContain('<script');
    const oddFile = await page(
      `/shop/api/src/branch/odd/${encodeURIComponent(ODD)}`,
    );
    expect(oddFile.status).toBe(200);
    expect(oddFile.text).not.toContain('<script');
  });

  it('sends a file raw, so that a browser runs nothing of it', async () => {
    const { text, headers } = await page('/shop/api/raw/branch/main/README.md');
    expect(text).toBe('# api\n<img src=x onerror=alert(1)>\n');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const binary = await page('/shop/api/raw/branch/main/logo.bin');
    expect(binary.headers.get('content-type')).toBe('application/octet-stream');
    expect((await page('/shop/api/raw/branch/main/apps')).status).toBe(404);
  });

  it('shows a commit with its diff', async () => {
    const { status, text } = await page(`/shop/api/commit/${second}`);
    expect(status).toBe(200);
    expect(text).toContain('<h1>build: automatic update of api-dev</h1>');
    expect(text).toContain(
      'updates image shop/api tag &#39;1.0.0&#39; to &#39;1.0.1&#39;',
    );
    expect(text).toContain('<span class="del">-  tag: 1.0.0</span>');
    expect(text).toContain('<span class="add">+  tag: 1.0.1</span>');
    expect(text).toContain('Ada &lt;ada@example.com&gt;');
    const root = await page(`/shop/api/commit/${first.slice(0, 10)}`);
    expect(root.text).toContain('<span class="add">+# api</span>');
    expect((await page('/shop/api/commit/main')).status).toBe(404);
    expect((await page(`/shop/api/commit/${'0'.repeat(40)}`)).status).toBe(404);
  });

  it('lists the commits of a branch, and of a file', async () => {
    const all = await page('/shop/api/commits/branch/main');
    expect(all.text).toContain('2 commits on main');
    const file = await page('/shop/api/commits/branch/main/README.md');
    expect(file.text).toContain('1 commits on main');
    expect(file.text).not.toContain('automatic update');
  });

  it('leads "edit" links to the file, and sends archives', async () => {
    expect(
      (await page('/shop/api/_edit/main/README.md')).headers.get('location'),
    ).toBe(`${host.url}/shop/api/src/branch/main/README.md`);
    const response = await fetch(`${host.url}/shop/api/archive/main.tar.gz`);
    const file = host.path('main.tar.gz');
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    expect(execFileSync('tar', ['tzf', file]).toString().split('\n')).toEqual(
      expect.arrayContaining(['api/README.md', 'api/apps/api/values.yaml']),
    );
    expect((await page('/shop/api/archive/main.rar')).status).toBe(404);
  });

  it('asks for credentials to show what is private', async () => {
    const hidden = await page('/shop/secret');
    expect(hidden.status).toBe(401);
    expect(hidden.headers.get('www-authenticate')).toContain('Basic');
    expect(
      await page('/shop/secret/src/branch/main/README.md', {
        headers: {
          authorization: `Basic ${Buffer.from('guest:guest').toString(
            'base64',
          )}`,
        },
      }),
    ).toMatchObject({ status: 200, text: expect.stringContaining('# secret') });
  });

  it('says in a page what is not there, and refuses odd paths', async () => {
    expect(await page('/shop/none')).toMatchObject({
      status: 404,
      text: expect.stringContaining('<h1>404</h1>'),
    });
    expect(await page('/shop/api/src/branch/<script>')).toMatchObject({
      status: 404,
      text: expect.not.stringContaining('<script>'),
    });
    for (const [path, status] of [
      ['/shop/api/src/branch/main/../../../../etc/passwd', 400],
      ['/shop/api/src/branch/main/..%2f..%2fetc/passwd', 400],
      ['/shop/..%2f..%2fetc', 422],
      ['/..%2f..', 404],
      ['/shop/api/raw/branch/main/%00', 400],
      ['/shop/api/src/branch/--all', 404],
      ['/shop/%zz', 400],
    ] as const) {
      expect({ path, status: await host.rawStatus(path) }).toEqual({
        path,
        status,
      });
    }
  });
});
