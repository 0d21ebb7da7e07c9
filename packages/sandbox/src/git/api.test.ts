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
    await host.commit(folder, { 'f.txt': 'f\n' }, 'On a branch');
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

  it('tells its version and who asks', async () => {
    expect((await host.api('/version', { headers: anonymous })).body).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect((await host.api('/user')).body).toMatchObject({ login: 'landfall' });
    expect(await host.api('/user', { headers: anonymous })).toMatchObject({
      status: 401,
      body: { message: 'token is required', url: `${host.url}/api/swagger` },
    });
    expect(
      await host.api('/version', { headers: basic('landfall:landfall') }),
    ).toMatchObject({ status: 200 });
    for (const headers of [
      basic('landfall:wrong'),
      basic('t0ken-not:x'),
      { authorization: 'token nope' },
      { authorization: 'Digest x' },
    ]) {
      expect(await host.api('/repos/shop/api', { headers })).toMatchObject({
        status: 401,
        body: { message: 'invalid username, password or token' },
      });
    }
  });

  it('has organizations and users', async () => {
    expect(await host.api('/orgs/shop')).toMatchObject({
      status: 200,
      body: { username: 'shop', name: 'shop' },
    });
    expect((await host.api('/orgs/nobody')).status).toBe(404);
    expect((await host.api('/orgs/landfall')).status).toBe(404);
    expect((await host.api('/users/landfall')).body).toMatchObject({
      login: 'landfall',
      html_url: `${host.url}/landfall`,
    });
    expect((await host.api('/users/nobody')).status).toBe(404);
    expect(
      await host.api('/orgs', { method: 'POST', body: { username: 'lab' } }),
    ).toMatchObject({ status: 201, body: { name: 'lab' } });
    expect(
      (await host.api('/orgs', { method: 'POST', body: { username: 'LAB' } }))
        .status,
    ).toBe(422);
    expect(
      (await host.api('/orgs', { method: 'POST', body: { username: 'api' } }))
        .status,
    ).toBe(422);
    expect((await host.api('/orgs')).body).toEqual([
      expect.objectContaining({ name: 'lab' }),
      expect.objectContaining({ name: 'shop' }),
    ]);
  });

  it('makes, shows, lists and removes repositories', async () => {
    const created = await host.api('/orgs/shop/repos', {
      method: 'POST',
      body: { name: 'fresh', description: 'Fresh <fish>', private: true },
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        name: 'fresh',
        full_name: 'shop/fresh',
        description: 'Fresh <fish>',
        private: true,
        empty: true,
        default_branch: 'main',
        html_url: `${host.url}/shop/fresh`,
        clone_url: `${host.url}/shop/fresh.git`,
        owner: { login: 'shop' },
        permissions: { admin: true, push: true, pull: true },
      },
    });
    expect((await host.api('/repos/shop/fresh')).body).toEqual(created.body);
    expect((await host.api('/repos/SHOP/Fresh')).body).toEqual(created.body);
    expect(
      (await host.api('/repos/shop/fresh', { headers: basic('reader:reads') }))
        .body,
    ).toMatchObject({ permissions: { admin: false, push: false, pull: true } });
    expect(
      (await host.api('/repos/shop/fresh', { headers: anonymous })).status,
    ).toBe(404);
    expect((await host.api('/repos/shop/fresh/commits')).status).toBe(409);
    expect((await host.api('/repos/shop/fresh/contents')).body).toEqual([]);
    expect((await host.api('/repos/shop/fresh/branches')).body).toEqual([]);

    const names = async (headers = {}) => {
      const { body } = await host.api('/orgs/shop/repos?limit=50', { headers });
      return Array.isArray(body) ? body.map(it => it.name) : body;
    };
    expect(await names()).toEqual(['api', 'fresh']);
    expect(await names(anonymous)).toEqual(['api']);
    expect((await host.api('/repos/search?q=FRE')).body).toMatchObject({
      ok: true,
      data: [{ name: 'fresh' }],
    });

    expect(
      await host.api('/repos/shop/fresh', {
        method: 'DELETE',
        headers: basic('reader:reads'),
      }),
    ).toMatchObject({ status: 403 });
    expect(
      (await host.api('/repos/shop/fresh', { method: 'DELETE' })).status,
    ).toBe(204);
    expect((await host.api('/repos/shop/fresh')).status).toBe(404);
  });

  it('makes repositories of a user, with a first commit and another branch', async () => {
    const { status } = await host.api('/user/repos', {
      method: 'POST',
      body: { name: 'notes', auto_init: true, default_branch: 'trunk' },
    });
    expect(status).toBe(201);
    expect(
      (await host.api('/repos/landfall/notes/branches/trunk')).body,
    ).toMatchObject({
      name: 'trunk',
      commit: { message: 'Initial commit\n', author: { name: 'landfall' } },
    });
    expect((await host.api('/user/repos')).body).toEqual([
      expect.objectContaining({ full_name: 'landfall/notes' }),
    ]);
  });

  it('refuses to make what cannot be', async () => {
    const create = (body: unknown, init = {}) =>
      host.api('/orgs/shop/repos', { method: 'POST', body, ...init });
    expect(await create({ name: 'API' })).toMatchObject({
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
    expect((await create({ name: 'ok', default_branch: '--bad' })).status).toBe(
      422,
    );
    expect((await create({ name: 'ok', private: 'yes' })).status).toBe(422);
    expect((await create([])).status).toBe(422);
    expect((await create({ name: 'ok' }, { headers: anonymous })).status).toBe(
      401,
    );
    expect(
      await create({ name: 'ok' }, { headers: basic('reader:reads') }),
    ).toMatchObject({
      status: 403,
      body: {
        message:
          'Given user is not allowed to create repository in organization.',
      },
    });
    const malformed = await fetch(`${host.url}/api/v1/orgs/shop/repos`, {
      method: 'POST',
      headers: {
        ...basic('landfall:landfall'),
        'content-type': 'application/json',
      },
      body: '{"name":',
    });
    expect(malformed.status).toBe(400);
    expect((await host.api('/repos/shop/ok')).status).toBe(404);
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
    const path = 'apps/api/values.yaml';
    expect(body).toEqual({
      name: 'values.yaml',
      path,
      type: 'file',
      encoding: 'base64',
      content: Buffer.from('image:\n  tag: 1.0.1\n').toString('base64'),
      size: 20,
      sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      target: null,
      url: `${host.url}/api/v1/repos/shop/api/contents/${path}?ref=main`,
      html_url: `${host.url}/shop/api/src/branch/main/${path}`,
      git_url: expect.stringContaining('/git/blobs/'),
      download_url: `${host.url}/shop/api/raw/branch/main/${path}`,
      submodule_git_url: null,
      last_commit_sha: second,
      last_committer_date: expect.any(String),
      last_author_date: expect.any(String),
      _links: {
        self: expect.any(String),
        git: expect.any(String),
        html: expect.any(String),
      },
    });
  });

  it('reads at a tag, a commit, a branch with a slash, and the default branch', async () => {
    const tagOf = async (ref: string) => {
      const response = await fetch(
        `${host.url}/api/v1/repos/shop/api/raw/apps/api/values.yaml${ref}`,
      );
      return /tag: (.*)/.exec(await response.text())?.[1] ?? response.status;
    };
    expect(await tagOf('')).toBe('1.0.1');
    expect(await tagOf('?ref=v1.0.0')).toBe('1.0.0');
    expect(await tagOf(`?ref=${first}`)).toBe('1.0.0');
    expect(await tagOf(`?ref=${first.slice(0, 8)}`)).toBe('1.0.0');
    expect(await tagOf('?ref=feature%2Fx')).toBe('1.0.0');
    expect(await tagOf('?ref=refs/heads/feature/x')).toBe('1.0.0');
    expect(await tagOf('?ref=gone')).toBe(404);
  });

  it('lists a directory with sizes', async () => {
    const { body } = await host.api('/repos/shop/api/contents?ref=main');
    expect(body).toEqual([
      expect.objectContaining({
        name: 'README.md',
        type: 'file',
        size: 6,
        content: null,
      }),
      expect.objectContaining({
        name: 'apps',
        type: 'dir',
        download_url: null,
      }),
      expect.objectContaining({ name: 'f.txt', type: 'file' }),
      expect.objectContaining({
        name: 'new ü.txt',
        html_url: `${host.url}/shop/api/src/branch/main/new%20%C3%BC.txt`,
      }),
    ]);
  });

  it('takes no parameter for an option, and leaves no repository', async () => {
    const statuses = await Promise.all(
      [
        '/repos/shop/api/contents/README.md?ref=--output=x',
        '/repos/shop/api/contents/README.md?ref=main:apps',
        '/repos/shop/api/contents/README.md?ref=HEAD@{1}',
        '/repos/shop/api/commits?sha=--all',
        '/repos/shop/api/compare/--all...main',
        '/repos/shop/api/archive/--output=x.tar.gz',
        '/repos/shop/api/git/commits/--all',
        '/repos/shop/api/contents/a%0Ab',
        '/repos/shop/api/contents/..%2F..%2Fx',
        '/repos/shop/api/raw/../../../../etc/passwd',
        '/repos/..%2Fshop/api',
        '/repos/shop/..',
        '/repos/shop/%zz',
      ].map(path => host.rawStatus(`/api/v1${path}`)),
    );
    expect(statuses).toEqual([
      404, 404, 404, 404, 404, 404, 422, 400, 400, 400, 422, 422, 400,
    ]);
    // Pathspecs are names here, never patterns.
    expect(
      (await host.api('/repos/shop/api/commits?path=:(top)apps')).status,
    ).toBe(404);
    expect((await host.api('/repos/shop/api/commits?path=*')).status).toBe(404);
  });

  it('gives a commit by branch, tag or id', async () => {
    const { body } = await host.api(`/repos/shop/api/git/commits/${second}`);
    expect(body).toMatchObject({
      sha: second,
      html_url: `${host.url}/shop/api/commit/${second}`,
      commit: {
        message: 'Second\n',
        author: {
          name: 'Ada',
          email: 'ada@example.com',
          date: expect.any(String),
        },
      },
      parents: [{ sha: first }],
      files: [
        { filename: 'apps/api/values.yaml', status: 'modified' },
        { filename: 'new ü.txt', status: 'added' },
      ],
      stats: { total: 3, additions: 2, deletions: 1 },
    });
    const sha = async (ref: string) => {
      const answer = await host.api(`/repos/shop/api/git/commits/${ref}`);
      return answer.status === 200 ? answer.body : answer.status;
    };
    expect(await sha('main')).toMatchObject({
      sha: merged,
      parents: [{ sha: second }, expect.anything()],
      files: [
        { filename: 'bin/data', status: 'removed' },
        { filename: 'f.txt', status: 'added' },
      ],
    });
    expect(await sha('v1.0.0')).toMatchObject({ sha: first });
    expect(await sha('feature%2Fx')).toMatchObject({
      commit: { message: 'On a branch\n' },
    });
    expect(await sha('0'.repeat(40))).toBe(404);
    expect(
      await sha('main?stat=false&files=false&verification=false'),
    ).toMatchObject({
      stats: null,
      files: null,
      commit: { verification: null },
    });
  });

  it('lists commits by branch and path, page by page', async () => {
    const list = async (query: string) => {
      const answer = await host.api(`/repos/shop/api/commits?${query}`);
      const { body } = answer;
      return {
        ...answer,
        subjects: Array.isArray(body)
          ? body.map(it => it.commit.message.split('\n')[0])
          : [],
      };
    };
    const all = await list('');
    expect(all.subjects).toHaveLength(4);
    expect(all.subjects).toEqual(
      expect.arrayContaining(['First', 'Second', 'On a branch', 'Merge']),
    );
    expect((await list('sha=v1.0.0')).subjects).toEqual(['First']);
    expect((await list('path=apps/api&sha=main')).subjects).toEqual([
      'Second',
      'First',
    ]);
    expect((await list(`not=${second}`)).subjects).toEqual(
      expect.arrayContaining(['Merge', 'On a branch']),
    );
    const page = await list('limit=1&page=2');
    expect(page.subjects).toHaveLength(1);
    expect(page.headers.get('x-total-count')).toBe('4');
    expect(page.headers.get('x-hasmore')).toBe('true');
    expect(page.headers.get('link')).toContain(
      `<${host.url}/api/v1/repos/shop/api/commits?limit=1&page=3>; rel="next"`,
    );
    expect((await list('path=none')).status).toBe(404);
    expect((await list('sha=none')).status).toBe(404);
  });

  it('compares two commits', async () => {
    expect(
      (await host.api(`/repos/shop/api/compare/${first}...${second}`)).body,
    ).toMatchObject({ total_commits: 1, commits: [{ sha: second }] });
    expect(
      (await host.api('/repos/shop/api/compare/v1.0.0...feature%2Fx')).body,
    ).toMatchObject({
      total_commits: 1,
      commits: [{ commit: { message: 'On a branch\n' } }],
    });
  });

  it('lists branches', async () => {
    expect((await host.api('/repos/shop/api/branches')).body).toEqual([
      expect.objectContaining({ name: 'feature/x' }),
      expect.objectContaining({
        name: 'main',
        user_can_push: true,
        commit: expect.objectContaining({
          id: merged,
          url: `${host.url}/shop/api/commit/${merged}`,
        }),
      }),
    ]);
    expect(
      (await host.api('/repos/shop/api/branches/feature%2Fx')).status,
    ).toBe(200);
    expect((await host.api('/repos/shop/api/branches/none')).status).toBe(404);
  });

  it('answers what it does not know in the shape of Gitea', async () => {
    expect(await host.api('/repos/shop/api/issues')).toMatchObject({
      status: 404,
      body: { message: expect.any(String), url: `${host.url}/api/swagger` },
    });
    expect(await host.api('/repos/shop/none')).toMatchObject({
      status: 404,
      body: {
        message: "The target couldn't be found.",
        url: `${host.url}/api/swagger`,
      },
    });
  });
});
