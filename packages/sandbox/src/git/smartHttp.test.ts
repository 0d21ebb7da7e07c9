import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { TestHost } from './__testUtils__/TestHost';

describe('Git over HTTP', () => {
  let host: TestHost;

  beforeAll(async () => {
    host = await TestHost.start();
    await host.publish('api', { 'README.md': '# api\n' });
  });
  afterAll(() => host.stop());

  it('lets anybody clone a public repository, with and without .git', async () => {
    for (const name of ['api', 'api.git']) {
      const folder = host.path(`clone-${name}`);
      await host.mustGit(['clone', `${host.url}/shop/${name}`, folder]);
      await expect(readFile(`${folder}/README.md`, 'utf8')).resolves.toBe(
        '# api\n',
      );
    }
  });

  it('takes a push of a user', async () => {
    await host.mustGit(
      [
        'push',
        `${host.as('landfall', 'landfall')}/shop/api`,
        'HEAD:refs/heads/pushed',
      ],
      host.path('work-api'),
    );
    await expect(
      host.mustGit(['ls-remote', '--heads', `${host.url}/shop/api`, 'pushed']),
    ).resolves.toContain('refs/heads/pushed');
  });

  it('asks for credentials before a push, and refuses wrong ones everywhere', async () => {
    const response = await fetch(
      `${host.url}/shop/api.git/info/refs?service=git-receive-pack`,
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      'Basic realm="Gitea"',
    );

    const anonymous = await host.git(
      ['push', `${host.url}/shop/api`, 'HEAD:refs/heads/nobody'],
      host.path('work-api'),
    );
    expect(anonymous.ok).toBe(false);
    const wrong = await host.git(
      [
        'push',
        `${host.as('landfall', 'wrong')}/shop/api`,
        'HEAD:refs/heads/nobody',
      ],
      host.path('work-api'),
    );
    expect(wrong).toMatchObject({
      ok: false,
      stderr: expect.stringContaining('Authentication failed'),
    });
    await expect(
      host.rawStatus(
        '/shop/api/info/refs?service=git-upload-pack',
        'landfall:wrong',
      ),
    ).resolves.toBe(401);
    await expect(
      host.mustGit(['ls-remote', `${host.url}/shop/api`, 'nobody']),
    ).resolves.toBe('');
  });

  it('takes no push without credentials, also of one who skips the announcement', async () => {
    const direct = await fetch(`${host.url}/shop/api.git/git-receive-pack`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-git-receive-pack-request' },
      body: '0000',
    });
    expect(direct.status).toBe(401);
  });

  it('answers what it does not have', async () => {
    const status = (repository: string) =>
      host.rawStatus(`/${repository}/info/refs?service=git-upload-pack`);
    expect(await status('shop/api')).toBe(200);
    expect(await status('shop/missing')).toBe(404);
    expect(await status('nobody/missing')).toBe(404);
    expect(await status('shop/%2e%2e')).toBe(422);
    expect(await status('..%2f..%2fetc/passwd')).toBe(422);
  });

  it('rejects a push that is not a fast-forward, and takes it after a rebase', async () => {
    const { folder } = await host.publish('race', { a: '1\n' });
    const other = host.path('race-other');
    const url = `${host.as('landfall', 'landfall')}/shop/race`;
    await host.mustGit(['clone', url, other]);
    await host.commit(folder, { b: '2\n' }, 'Second');
    await host.mustGit(['push', 'origin', 'main'], folder);

    const late = await host.commit(other, { c: '3\n' }, 'Too late');
    const rejected = await host.git(['push', 'origin', 'main'], other);
    expect(rejected).toMatchObject({
      ok: false,
      stderr: expect.stringContaining('[rejected]'),
    });
    await host.mustGit(['pull', '--rebase', 'origin', 'main'], other);
    await host.mustGit(['push', 'origin', 'main'], other);
    const log = await host.mustGit(['log', '--format=%s'], other);
    expect(log.split('\n')).toEqual(['Too late', 'Second', 'First commit']);
    expect(await host.mustGit(['rev-parse', 'HEAD'], other)).not.toBe(late);
  });

  it('survives pushes at the same time: one of the same branch wins, all others land', async () => {
    const { folder } = await host.publish('busy', { a: '1\n' });
    const url = `${host.as('landfall', 'landfall')}/shop/busy`;
    const copies = await Promise.all(
      [0, 1, 2, 3].map(async i => {
        const copy = host.path(`busy-${i}`);
        await host.mustGit(['clone', url, copy]);
        await host.commit(copy, { [`file${i}`]: `${i}\n` }, `By ${i}`);
        return copy;
      }),
    );
    const results = await Promise.all(
      copies.map((copy, i) =>
        host.git(
          ['push', 'origin', 'HEAD:main', `HEAD:refs/heads/own-${i}`],
          copy,
        ),
      ),
    );
    expect(results.filter(it => it.ok)).toHaveLength(1);
    const heads = await host.mustGit(['ls-remote', '--heads', url]);
    expect(heads.split('\n')).toHaveLength(5);
    await host.mustGit(['pull', '--quiet', 'origin', 'main'], folder);
    expect(await host.mustGit(['rev-list', '--count', 'HEAD'], folder)).toBe(
      '2',
    );
    await host.mustGit(
      ['fsck', '--strict'],
      `${host.stateDir}/repositories/shop/busy.git`,
    );
  });

  it('takes a push that is sent in chunks, and gives all of it back', async () => {
    const content = randomBytes(6 * 1024 * 1024);
    const { folder } = await host.publish('large', { 'large.bin': content });
    expect(await host.mustGit(['status', '--short'], folder)).toBe('');
    const copy = host.path('large-copy');
    await host.mustGit(['clone', `${host.url}/shop/large`, copy]);
    expect((await readFile(`${copy}/large.bin`)).equals(content)).toBe(true);
  });

  it('speaks protocol version 2, and reads gzipped requests', async () => {
    const announced = await fetch(
      `${host.url}/shop/api.git/info/refs?service=git-upload-pack`,
      { headers: { 'git-protocol': 'version=2' } },
    );
    expect(announced.headers.get('content-type')).toBe(
      'application/x-git-upload-pack-advertisement',
    );
    expect(announced.headers.get('cache-control')).toContain('no-cache');
    await expect(announced.text()).resolves.toContain('version 2');

    const listed = await fetch(`${host.url}/shop/api.git/git-upload-pack`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
        'git-protocol': 'version=2',
      },
      body: gzipSync('0014command=ls-refs\n00010000'),
    });
    expect(listed.status).toBe(200);
    await expect(listed.text()).resolves.toContain('refs/heads/main');
  });

  it('gives a shallow clone, a clone without blobs, and a commit by its id', async () => {
    const { commitId, folder } = await host.publish('deep', { a: '1\n' });
    await host.commit(folder, { a: '2\n' }, 'Second');
    await host.mustGit(['push', 'origin', 'main'], folder);
    const url = `${host.url}/shop/deep`;
    await host.mustGit(['clone', '--depth=1', url, host.path('deep-shallow')]);
    expect(
      await host.mustGit(
        ['rev-list', '--count', 'HEAD'],
        host.path('deep-shallow'),
      ),
    ).toBe('1');
    await host.mustGit([
      'clone',
      '--filter=blob:none',
      '--no-checkout',
      url,
      host.path('deep-bare'),
    ]);
    const single = await host.workingCopy('deep-single', { x: 'x' });
    await host.mustGit(['fetch', '--depth=1', url, commitId], single);
    expect(await host.mustGit(['rev-parse', 'FETCH_HEAD'], single)).toBe(
      commitId,
    );
  });

  it('refuses the dumb protocol, unknown services, and an odd Git-Protocol header does no harm', async () => {
    const status = async (path: string, headers = {}) => {
      const response = await fetch(`${host.url}${path}`, { headers });
      await response.text();
      return response.status;
    };
    expect(await status('/shop/api.git/info/refs')).toBe(400);
    expect(await status('/shop/api.git/info/refs?service=git-shell')).toBe(400);
    expect(await status('/shop/api.git/HEAD')).toBe(404);
    expect(await status('/shop/api.git/objects/info/packs')).toBe(404);
    expect(
      await status('/shop/api.git/info/refs?service=git-upload-pack', {
        'git-protocol': 'version=2:evil=$(id)',
      }),
    ).toBe(200);
  });

  it('logs what git complains about, and stays', async () => {
    const response = await fetch(`${host.url}/shop/api.git/git-upload-pack`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-git-upload-pack-request' },
      body: 'this is no packet line',
    });
    await response.text().catch(() => '');
    await host.mustGit(['ls-remote', `${host.url}/shop/api`]);
    expect(host.log.join('\n')).toContain('git http-backend for shop/api');
  });
});
