import { mockServices } from '@backstage/backend-test-utils';
import {
  type ReceivedRequest,
  sendJson,
  TestServer,
} from '../../__testUtils__/httpServer';
import { type Answer, COMMIT, HOSTS } from './__testUtils__/hosts';
import { ScmRepositoryHistory } from './ScmRepositoryHistory';
import type { CommitsBetween } from './types';

const FROM = 'f'.repeat(40);
const TO = '0'.repeat(40);
const sha = (digit: number) => String(digit).repeat(40);

describe.each(Object.entries(HOSTS))('history on %s', (_, host) => {
  let server: TestServer;
  let history: ScmRepositoryHistory;
  let answer: (request: ReceivedRequest) => Answer;

  beforeEach(async () => {
    server = await TestServer.start((request, response) => {
      const { status = 200, headers = {}, body } = answer(request);
      for (const [name, value] of Object.entries(headers)) {
        response.setHeader(name, value);
      }
      sendJson(response, status, body);
    });
    history = ScmRepositoryHistory.fromConfig(
      mockServices.rootConfig({
        data: { integrations: host.config(server.url) },
      }),
    );
  });
  afterEach(() => server.stop());

  const find = (
    paths: string[] = [],
    signal?: AbortSignal,
  ): Promise<CommitsBetween> =>
    history.commitsBetween(
      { repoUrl: `${server.url}${host.repo}`, from: FROM, to: TO, paths },
      { signal },
    );
  const isBackwards = ({ query }: ReceivedRequest) =>
    host.range(query)?.[0] === TO;
  const commits = (...revisions: string[]) =>
    revisions.map((one): unknown => host.commit(one));
  /** Answers with the revisions, newest first; nothing is undone. */
  const withCommits =
    (of: (path: string | null) => string[]) =>
    (request: ReceivedRequest): Answer =>
      host.page(
        isBackwards(request) ? [] : commits(...of(request.query.get('path'))),
        true,
      );

  it('gives the commits of the range, oldest first', async () => {
    answer = withCommits(() => [sha(2), sha(1)]);
    expect(await find()).toEqual({
      kind: 'exact',
      commits: [COMMIT, { ...COMMIT, revision: sha(2) }],
    });
    const [backwards, forwards] = server.received;
    expect(host.range(backwards.query)).toEqual([TO, FROM]);
    expect(host.range(forwards.query)).toEqual([FROM, TO]);
    expect(forwards.pathname).toBe(host.path);
    expect(forwards.headers.authorization).toBe(host.authorization);
  });

  it('asks for one path alone, and for the order of several', async () => {
    answer = withCommits(path => (path === 'apps/api' ? [sha(2)] : [sha(9)]));
    expect(await find(['apps/api'])).toMatchObject({
      commits: [{ revision: sha(2) }],
    });
    expect(server.received).toHaveLength(2);
    answer = withCommits(path => {
      const touching = path === 'a' ? [sha(3)] : [sha(1), sha(7)];
      return path === null ? [sha(3), sha(2), sha(1)] : touching;
    });
    expect(await find(['a', 'b'])).toMatchObject({
      commits: [{ revision: sha(1) }, { revision: sha(3) }],
    });
  });

  it('reads all pages', async () => {
    let pages = 0;
    answer = request => {
      if (isBackwards(request)) {
        return host.page([], true);
      }
      pages += 1;
      return host.page(commits(sha(4 - pages)), pages === 3);
    };
    expect(await find()).toMatchObject({
      commits: [1, 2, 3].map(digit => ({ revision: sha(digit) })),
    });
  });

  it('knows no exact commit after a force push', async () => {
    answer = request =>
      host.page(isBackwards(request) ? commits(sha(5)) : [], true);
    expect(await find()).toEqual({ kind: 'contained', reason: 'rewritten' });
  });

  it('knows no exact commit among too many', async () => {
    const many = Array.from({ length: 50 }, () => sha(1));
    answer = request =>
      isBackwards(request)
        ? host.page([], true)
        : host.page(commits(...many), false);
    expect(await find()).toEqual({ kind: 'contained', reason: 'too-many' });
    expect(server.received.length).toBeLessThan(10);
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-found'],
    [409, 'not-found'],
    [500, 'unreachable'],
    [418, 'unexpected'],
  ])('reports status %s as %s', async (status, reason) => {
    answer = () => ({ status, body: {} });
    expect(await find()).toEqual({
      kind: 'unavailable',
      reason,
      message: expect.stringContaining(new URL(server.url).host),
    });
  });

  it('reports an answer that the API doesn’t describe', async () => {
    answer = () => ({ body: { login: 'page' } });
    expect(await find()).toMatchObject({
      kind: 'unavailable',
      reason: 'unexpected',
    });
  });

  it('sends nothing until the host accepts requests again', async () => {
    answer = () => ({
      status: 429,
      headers: { 'retry-after': '120' },
      body: {},
    });
    const limited = await find();
    expect(limited).toMatchObject({
      kind: 'unavailable',
      reason: 'rate-limited',
    });
    const retryAt = 'retryAt' in limited ? limited.retryAt ?? '' : '';
    const inMs = Date.parse(retryAt) - Date.now();
    expect(inMs).toBeGreaterThan(60_000);
    expect(inMs).toBeLessThanOrEqual(120_000);
    answer = withCommits(() => []);
    expect(await find()).toMatchObject({ reason: 'rate-limited', retryAt });
    expect(server.received).toHaveLength(1);
  });

  it('sends no credentials to another host', async () => {
    const other = await TestServer.start((__, response) =>
      sendJson(response, 200, []),
    );
    answer = () => ({
      status: 302,
      headers: { location: `${other.url}${host.path}` },
      body: {},
    });
    expect(await find()).toMatchObject({ kind: 'unavailable' });
    expect(
      await history.commitsBetween({
        repoUrl: `${other.url}${host.repo}`,
        from: FROM,
        to: TO,
        paths: [],
      }),
    ).toEqual({ kind: 'contained', reason: 'unsupported' });
    expect(other.received).toEqual([]);
    await other.stop();
  });

  it('rejects if it is aborted', async () => {
    answer = withCommits(() => []);
    await expect(
      find([], AbortSignal.abort(new Error('stopped'))),
    ).rejects.toThrow('stopped');
  });
});

describe('ScmRepositoryHistory', () => {
  const history = ScmRepositoryHistory.fromConfig(
    mockServices.rootConfig({
      data: {
        integrations: {
          gitea: [{ host: 'gitea.example.com' }],
          bitbucketCloud: [],
        },
      },
    }),
  );

  it.each([
    ['https://github.com/shop/deploy.git', true],
    ['git@github.com:shop/deploy.git', true],
    ['ssh://git@gitea.example.com:2222/shop/deploy.git', true],
    ['https://bitbucket.org/shop/deploy', true],
    ['https://git.example.com/shop/deploy.git', false],
    ['https://dev.azure.com/shop/shop/_git/deploy', false],
    ['https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/deploy', false],
    ['https://git.example.com/cgit/deploy.git', false],
    ['file:///srv/deploy.git', false],
    ['no url', false],
    ['', false],
  ])('covers %s: %s', (repoUrl, expected) => {
    expect(history.covers(repoUrl)).toBe(expected);
  });

  it('reports a host that is away', async () => {
    const server = await TestServer.start(() => {});
    await server.stop();
    const away = ScmRepositoryHistory.fromConfig(
      mockServices.rootConfig({
        data: { integrations: HOSTS.gitea.config(server.url) },
      }),
    );
    expect(
      await away.commitsBetween({
        repoUrl: `${server.url}/shop/deploy.git`,
        from: FROM,
        to: TO,
        paths: [],
      }),
    ).toMatchObject({ kind: 'unavailable', reason: 'unreachable' });
  });
});
