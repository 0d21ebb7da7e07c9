import { TestHost } from './__testUtils__/TestHost';

const anonymous = { authorization: '' };
const basic = (pair: string) => ({
  authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
});

describe('REST API', () => {
  let host: TestHost;
  let first: string;
  let second: string;
  let merged: string;
  let branched: string;

  beforeAll(async () => {
    host = await TestHost.start();
    const published = await host.publish(
      'api',
      {
        'README.md': '# api\n',
        'apps/api/values.yaml': 'image:\n  tag: 1.0.0\n',
        'bin/data': Buffer.from([0, 1, 2]),
      },
      'First\n\nWith a body.',
    );
    const { folder } = published;
    first = published.commitId;
    second = await host.commit(
      folder,
      { 'apps/api/values.yaml': 'image:\n  tag: 1.0.1\n', 'new ü.txt': 'x\n' },
      'Second',
    );
    await host.mustGit(
      ['checkout', '--quiet', '-b', 'feature/x', first],
      folder,
    );
    await host.mustGit(['rm', '--quiet', 'bin/data'], folder);
    branched = await host.commit(folder, { 'f.txt': 'f\n' }, 'On a branch');
    await host.mustGit(['checkout', '--quiet', 'main'], folder);
    await host.mustGit(['tag', 'v1.0.0', first], folder);
    await host.mustGit(
      ['merge', '--quiet', '--no-ff', '--message', 'Merge', 'feature/x'],
      folder,
    );
    merged = await host.mustGit(['rev-parse', 'HEAD'], folder);
    await host.mustGit(
      ['push', '--quiet', '--tags', 'origin', 'main', 'feature/x'],
      folder,
    );
  });
  afterAll(() => host.stop());

  const contents = (repository: string, headers = {}) =>
    host.api(`/repos/shop/${repository}/contents/README.md`, { headers });

  it('refuses wrong credentials', async () => {
    expect(
      await host.api('/orgs/shop/repos', {
        method: 'POST',
        body: { name: 'x' },
        headers: anonymous,
      }),
    ).toMatchObject({
      status: 401,
      body: { message: 'Unauthorized', url: `${host.url}/api/swagger` },
    });
    expect(await contents('api', basic('landfall:landfall'))).toMatchObject({
      status: 200,
    });
    for (const headers of [
      basic('landfall:wrong'),
      { authorization: 'token nope' },
      { authorization: 'Digest x' },
    ]) {
      expect(await contents('api', headers)).toMatchObject({
        status: 401,
        body: { message: 'invalid username or password' },
      });
    }
  });

  it('has organizations', async () => {
    expect(await host.api('/orgs/shop')).toMatchObject({
      status: 200,
      body: { username: 'shop', name: 'shop' },
    });
    expect((await host.api('/orgs/nobody')).status).toBe(404);
  });

  it('makes and removes repositories', async () => {
    const create = () =>
      host.api('/orgs/shop/repos', { method: 'POST', body: { name: 'fresh' } });
    const remove = (headers = {}) =>
      host.api('/repos/shop/fresh', { method: 'DELETE', headers });
    expect(await create()).toMatchObject({
      status: 201,
      body: { name: 'fresh', full_name: 'shop/fresh' },
    });
    await host.mustGit(['ls-remote', `${host.url}/shop/fresh`]);
    expect((await remove(anonymous)).status).toBe(401);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await create()).status).toBe(201);
  });

  it('refuses to make what cannot be', async () => {
    const create = (body: unknown, init = {}) =>
      host.api('/orgs/shop/repos', { method: 'POST', body, ...init });
    expect(await create({ name: 'api' })).toMatchObject({
      status: 409,
      body: { message: 'The repository with the same name already exists.' },
    });
    for (const name of [
      'a b',
      '..',
      '.',
      'x.git',
      'x.wiki',
      '../x',
      'a/b',
      'é',
      '',
      7,
    ]) {
      expect({ name, ...(await create({ name })) }).toMatchObject({
        name,
        status: 422,
      });
    }
    expect((await create([])).status).toBe(422);
    expect((await create({ name: 'ok' }, { headers: anonymous })).status).toBe(
      401,
    );
    const malformed = await fetch(`${host.url}/api/v1/orgs/shop/repos`, {
      method: 'POST',
      headers: {
        ...basic('landfall:landfall'),
        'content-type': 'application/json',
      },
      body: '{"name":',
    });
    expect(malformed.status).toBe(400);
    expect((await host.git(['ls-remote', `${host.url}/shop/ok`])).ok).toBe(
      false,
    );
  });

  it('lets one of many creators of the same repository win', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        host.api('/orgs/shop/repos', {
          method: 'POST',
          body: { name: 'wanted' },
        }),
      ),
    );
    expect(answers.map(it => it.status).sort()).toEqual([201, 409, 409, 409]);
    await host.api('/repos/shop/wanted', { method: 'DELETE' });
  });

  it('gives a file with its contents', async () => {
    const { status, body } = await host.api(
      '/repos/shop/api/contents/apps/api/values.yaml?ref=main',
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      encoding: 'base64',
      content: Buffer.from('image:\n  tag: 1.0.1\n').toString('base64'),
    });
    for (const path of ['apps', 'none', 'apps/api/values.yaml/x']) {
      expect({
        path,
        status: (await host.api(`/repos/shop/api/contents/${path}`)).status,
      }).toEqual({ path, status: 404 });
    }
  });

  it('reads at a tag, a commit, a branch with a slash, and the default branch', async () => {
    const tagOf = async (ref: string) => {
      const { status, body } = await host.api(
        `/repos/shop/api/contents/apps/api/values.yaml${ref}`,
      );
      const { content } = Object(body);
      return status === 200
        ? /tag: (.*)/.exec(Buffer.from(content, 'base64').toString())?.[1]
        : status;
    };
    expect(await tagOf('')).toBe('1.0.1');
    expect(await tagOf('?ref=v1.0.0')).toBe('1.0.0');
    expect(await tagOf(`?ref=${first}`)).toBe('1.0.0');
    expect(await tagOf(`?ref=${first.slice(0, 8)}`)).toBe('1.0.0');
    expect(await tagOf('?ref=feature%2Fx')).toBe('1.0.0');
    expect(await tagOf('?ref=refs/heads/feature/x')).toBe('1.0.0');
    expect(await tagOf('?ref=gone')).toBe(404);
  });

  it('takes no parameter for an option, and leaves no repository', async () => {
    const statuses = await Promise.all(
      [
        '/repos/shop/api/contents/README.md?ref=--output=x',
        '/repos/shop/api/contents/README.md?ref=main:apps',
        '/repos/shop/api/contents/README.md?ref=HEAD@{1}',
        '/repos/shop/api/archive/--output=x.tar.gz',
        '/repos/shop/api/git/commits/--all',
        '/repos/shop/api/contents/a%0Ab',
        '/repos/shop/api/contents/..%2F..%2Fx',
        '/repos/shop/api/contents/../../../../etc/passwd',
        '/repos/..%2Fshop/api/branches',
        '/repos/shop/%2e%2e/branches',
        '/repos/shop/%zz/branches',
      ].map(path => host.rawStatus(`/api/v1${path}`)),
    );
    expect(statuses).toEqual([
      404, 404, 404, 404, 404, 400, 400, 400, 422, 422, 400,
    ]);
  });

  it('gives a commit by branch, tag or id', async () => {
    const sha = async (ref: string) => {
      const answer = await host.api(`/repos/shop/api/git/commits/${ref}`);
      return answer.status === 200 ? answer.body : answer.status;
    };
    expect(await sha(second)).toEqual({ sha: second });
    expect(await sha('main')).toMatchObject({ sha: merged });
    expect(await sha('v1.0.0')).toMatchObject({ sha: first });
    expect(await sha('feature%2Fx')).toMatchObject({ sha: branched });
    expect(await sha('0'.repeat(40))).toBe(404);
  });

  it('answers what it does not know in the shape of Gitea', async () => {
    expect(await host.api('/repos/shop/api/issues')).toMatchObject({
      status: 404,
      body: { message: expect.any(String), url: `${host.url}/api/swagger` },
    });
    expect(await contents('none')).toMatchObject({
      status: 404,
      body: {
        message: "The target couldn't be found.",
        url: `${host.url}/api/swagger`,
      },
    });
  });
});
