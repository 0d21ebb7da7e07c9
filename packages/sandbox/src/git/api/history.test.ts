import { TestHost } from '../__testUtils__/TestHost';

describe('list of commits', () => {
  let host: TestHost;
  let shas: Record<'first' | 'dev' | 'branched' | 'merged', string>;

  beforeAll(async () => {
    host = await TestHost.start();
    const { folder, commitId: first } = await host.publish(
      'deploy',
      { 'apps/dev.yaml': 'tag: 1\n', 'apps/prod.yaml': 'tag: 1\n' },
      'First',
    );
    const dev = await host.commit(
      folder,
      { 'apps/dev.yaml': 'tag: 2\n' },
      'Update dev\n\nWith a body.',
    );
    await host.mustGit(['checkout', '--quiet', '-b', 'next', first], folder);
    const branched = await host.commit(
      folder,
      { 'apps/prod.yaml': 'tag: 2\n' },
      'Update prod',
    );
    await host.mustGit(['checkout', '--quiet', 'main'], folder);
    await host.mustGit(
      ['merge', '--quiet', '--no-ff', '--message', 'Merge', 'next'],
      folder,
    );
    const merged = await host.mustGit(['rev-parse', 'HEAD'], folder);
    await host.mustGit(['push', '--quiet', 'origin', 'main'], folder);
    shas = { first, dev, branched, merged };
  });
  afterAll(() => host.stop());

  const list = async (query: string) => {
    const { status, body } = await host.api(
      `/repos/shop/deploy/commits?${query}`,
    );
    return Array.isArray(body) ? body.map(({ sha }) => sha) : status;
  };

  it('gives the commits that another revision lacks', async () => {
    const { first, dev, branched, merged } = shas;
    const found = await list(`sha=${merged}&not=${first}`);
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining([merged, dev, branched]));
    expect(await list(`sha=${first}&not=${merged}`)).toEqual([]);
  });

  it('gives those that touch a path, also of a merged branch', async () => {
    const { first, dev, branched, merged } = shas;
    const of = (path: string) =>
      list(`sha=${merged}&not=${first}&path=${encodeURIComponent(path)}`);
    expect(await of('apps/dev.yaml')).toEqual([dev]);
    expect(await of('apps/prod.yaml')).toEqual([branched]);
    expect(await of('apps/*.yaml')).toEqual([]);
    expect(await of(':(top)apps')).toEqual([]);
  });

  it('describes a commit like Gitea', async () => {
    const { first, dev } = shas;
    const { body } = await host.api(
      `/repos/shop/deploy/commits?sha=${dev}&not=${first}`,
    );
    expect(body).toMatchObject([
      {
        sha: dev,
        commit: {
          author: {
            name: expect.any(String),
            email: expect.stringContaining('@'),
            date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          },
          message: 'Update dev\n\nWith a body.\n',
        },
      },
    ]);
  });

  it('gives pages', async () => {
    const { merged } = shas;
    const all = await list(`sha=${merged}`);
    const pages = await Promise.all(
      [1, 2, 3].map(page => list(`sha=${merged}&limit=2&page=${page}`)),
    );
    expect(pages.flat()).toEqual(all);
    expect(pages[2]).toEqual([]);
  });

  it('refuses revisions that it doesn’t have', async () => {
    const gone = '0'.repeat(40);
    expect(await list(`sha=${gone}`)).toBe(404);
    expect(await list(`sha=main&not=${gone}`)).toBe(404);
    expect(await list('sha=--all')).toBe(404);
    expect(await list('sha=main&path=../..')).toBe(400);
  });
});
