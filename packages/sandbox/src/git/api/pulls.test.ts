import { TestHost } from '../__testUtils__/TestHost';

describe('pull requests', () => {
  let host: TestHost;
  let folder: string;
  let next: string;

  beforeEach(async () => {
    host = await TestHost.start();
    ({ folder } = await host.publish('deploy', { 'dev.yaml': 'tag: 1\n' }));
    next = await branch('next', { 'dev.yaml': 'tag: 2\n' });
  });
  afterEach(() => host.stop());

  async function branch(
    name: string,
    files: Record<string, string>,
  ): Promise<string> {
    await host.mustGit(['checkout', '--quiet', '-b', name, 'main'], folder);
    const commit = await host.commit(folder, files, `Change by ${name}`);
    await host.mustGit(['push', '--quiet', 'origin', name], folder);
    return commit;
  }
  const pulls = (path = '', init: Parameters<TestHost['api']>[1] = {}) =>
    host.api(`/repos/shop/deploy/pulls${path}`, init);
  const open = (head = 'next') =>
    pulls('', {
      method: 'POST',
      body: { title: `Take ${head}`, head, base: 'main' },
    });
  const merge = (number: number, style = 'merge') =>
    pulls(`/${number}/merge`, { method: 'POST', body: { Do: style } });
  const pullOf = (commit: string) =>
    host.api(`/repos/shop/deploy/commits/${commit}/pull`);
  const head = async (ref = 'main') => {
    const { body } = await host.api(
      `/repos/shop/deploy/commits?sha=${ref}&limit=1`,
    );
    return Array.isArray(body) ? body[0] : undefined;
  };

  it('are opened, and listed with their branches and commits', async () => {
    expect((await open()).status).toBe(201);
    const { body } = await pulls('?state=open');
    expect(body).toMatchObject([
      {
        number: 1,
        title: 'Take next',
        user: { login: 'landfall' },
        state: 'open',
        merged: false,
        merged_at: null,
        html_url: `${host.url}/shop/deploy/pulls/1`,
        head: { ref: 'next', repo_id: 1 },
        base: { ref: 'main', repo_id: 1 },
      },
    ]);
    expect((await pulls('/1/commits')).body).toMatchObject([{ sha: next }]);
    expect((await pullOf(next)).status).toBe(404);
  });

  it('are found by their branches', async () => {
    await branch('updates/1', { 'dev.yaml': 'tag: 4\n' });
    const path = `/main/${encodeURIComponent('updates/1')}`;
    expect((await pulls(path)).status).toBe(404);
    await pulls('', {
      method: 'POST',
      body: { title: 'T', body: 'Why', head: 'updates/1', base: 'main' },
    });
    expect((await pulls(path)).body).toMatchObject({ number: 1, title: 'T' });
  });

  it('keep what reviewers decide', async () => {
    await open();
    const review = (event: string) =>
      pulls('/1/reviews', { method: 'POST', body: { event } });
    expect((await pulls('/1/reviews')).body).toEqual([]);
    await review('REQUEST_CHANGES');
    expect((await review('APPROVED')).status).toBe(200);
    expect((await pulls('/1/reviews')).body).toMatchObject([
      { user: { login: 'landfall' }, state: 'REQUEST_CHANGES' },
      { user: { login: 'landfall' }, state: 'APPROVED', dismissed: false },
    ]);
    expect((await review('WHATEVER')).status).toBe(422);
    expect((await pulls('/2/reviews')).status).toBe(404);
  });

  it('are merged into the branch', async () => {
    await open();
    expect((await merge(1)).status).toBe(200);
    const merged = await head();
    expect(merged.commit.message).toContain('Take next');
    expect((await pulls('?state=all')).body).toMatchObject([
      { state: 'closed', merged: true },
    ]);
    expect((await pullOf(merged.sha)).body).toMatchObject({ number: 1 });
    expect((await pulls('/1/commits')).body).toMatchObject([{ sha: next }]);
    await host.mustGit(['fetch', '--quiet', 'origin', 'main'], folder);
    const { stdout } = await host.git(
      ['show', '-s', '--format=%P', 'FETCH_HEAD'],
      folder,
    );
    expect(stdout.trim().split(' ')).toEqual([expect.any(String), next]);
    expect((await merge(1)).status).toBe(405);
  });

  it('are closed without a merge', async () => {
    const before = await head();
    await open();
    const { body } = await pulls('/1', {
      method: 'PATCH',
      body: { state: 'closed' },
    });
    expect(body).toMatchObject({ state: 'closed', merged: false });
    expect((await pulls()).body).toEqual([]);
    expect(await head()).toEqual(before);
  });

  it('are refused where they conflict, or have no branch', async () => {
    await branch('other', { 'dev.yaml': 'tag: 3\n' });
    await open();
    await open('other');
    expect((await merge(2)).status).toBe(200);
    expect((await merge(1)).status).toBe(405);
    expect((await open('missing')).status).toBe(404);
    expect((await pulls('/9/commits')).status).toBe(404);
    expect((await merge(1, 'squash')).status).toBe(422);
  });

  it('survive a restart, and need a user to change', async () => {
    await open();
    await host.restart();
    expect((await pulls()).body).toMatchObject([{ number: 1 }]);
    const guest = { authorization: '' };
    expect(
      (
        await pulls('/1/merge', {
          method: 'POST',
          body: { Do: 'merge' },
          headers: guest,
        })
      ).status,
    ).toBe(401);
  });

  it('lists branches in pages', async () => {
    const branches = (query: string) =>
      host.api(`/repos/shop/deploy/branches${query}`);
    expect((await branches('')).body).toEqual([
      { name: 'main', commit: { id: expect.any(String) } },
      { name: 'next', commit: { id: next } },
    ]);
    expect((await branches('?limit=1&page=2')).body).toMatchObject([
      { name: 'next' },
    ]);
  });
});
