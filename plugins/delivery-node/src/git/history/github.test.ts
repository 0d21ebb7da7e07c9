import { mockServices } from '@backstage/backend-test-utils';
import {
  type ReceivedRequest,
  sendJson,
  TestServer,
} from '../../__testUtils__/httpServer';
import { ScmRepositoryHistory } from './ScmRepositoryHistory';

const FROM = 'f'.repeat(40);
const TO = '0'.repeat(40);
const sha = (digit: number) => String(digit).repeat(40);
const COMPARE = `/repos/shop/deploy/compare/${FROM}...${TO}`;

/** As in https://docs.github.com/en/rest/commits/commits#list-commits. */
const commit = (revision: string) => ({
  sha: revision,
  commit: {
    author: {
      name: 'Jo Doe',
      email: 'jo@example.com',
      date: '2026-01-01T11:00:00Z',
    },
    committer: { name: 'GitHub', date: `2026-01-01T12:00:0${revision[0]}Z` },
    message: 'Use 1.0.1 (#7) of https://jo:secret@example.com',
  },
});

describe('history on GitHub', () => {
  let server: TestServer;
  let history: ScmRepositoryHistory;
  let answer: (request: ReceivedRequest) => {
    status?: number;
    headers?: Record<string, string>;
    body: unknown;
  };

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
        data: {
          integrations: {
            github: [
              {
                host: 'github.example.com',
                apiBaseUrl: server.url,
                token: 'ghp_x',
              },
            ],
          },
        },
      }),
    );
  });
  afterEach(() => server.stop());

  const find = (paths: string[] = []) =>
    history.commitsBetween({
      repoUrl: 'git@github.example.com:shop/deploy.git',
      from: FROM,
      to: TO,
      paths,
    });
  const comparison = (
    revisions: string[],
    { status = 'ahead', total = revisions.length } = {},
  ) => ({
    body: { status, total_commits: total, commits: revisions.map(commit) },
  });

  it('gives the commits of a comparison, oldest first', async () => {
    answer = () => comparison([sha(1), sha(2)]);
    expect(await find()).toEqual({
      kind: 'exact',
      commits: [1, 2].map(digit => ({
        revision: sha(digit),
        author: 'Jo Doe <jo@example.com>',
        date: '2026-01-01T11:00:00.000Z',
        message: 'Use 1.0.1 (#7) of https://example.com',
      })),
    });
    const [request] = server.received;
    expect(request.pathname).toBe(COMPARE);
    expect(request.headers.authorization).toBe('Bearer ghp_x');
  });

  it('keeps those that touch a path, also between commits of other branches', async () => {
    answer = ({ pathname, query }) => {
      if (pathname === COMPARE) {
        return comparison([sha(1), sha(2), sha(3)]);
      }
      const isDev = query.get('path') === 'apps/dev';
      return { body: (isDev ? [sha(3), sha(9), sha(1)] : []).map(commit) };
    };
    expect(await find(['apps/dev', 'envs/dev.yaml'])).toMatchObject({
      commits: [{ revision: sha(1) }, { revision: sha(3) }],
    });
    const [, listed] = server.received;
    expect(Object.fromEntries(listed.query)).toMatchObject({
      sha: TO,
      path: 'apps/dev',
      since: '2026-01-01T12:00:01Z',
    });
  });

  it('reads all pages of a comparison', async () => {
    answer = ({ query }) =>
      comparison(query.get('page') === '1' ? [sha(1), sha(2)] : [sha(3)], {
        total: 3,
      });
    expect(await find()).toMatchObject({
      commits: [1, 2, 3].map(digit => ({ revision: sha(digit) })),
    });
  });

  it.each(['diverged', 'behind'])(
    'knows no exact commit if the revisions are %s',
    async status => {
      answer = () => comparison([sha(1)], { status });
      expect(await find()).toEqual({ kind: 'contained', reason: 'rewritten' });
    },
  );

  it('knows no exact commit among more than a comparison shows', async () => {
    answer = () => comparison([sha(1)], { total: 251 });
    expect(await find()).toEqual({ kind: 'contained', reason: 'too-many' });
    expect(server.received).toHaveLength(1);
  });

  it('knows no exact commit if a path has too many commits of other branches', async () => {
    answer = ({ pathname }) =>
      pathname === COMPARE
        ? comparison([sha(1)])
        : { body: Array.from({ length: 100 }, () => commit(sha(9))) };
    expect(await find(['apps'])).toEqual({
      kind: 'contained',
      reason: 'too-many',
    });
  });

  it('waits for the reset of a limit that is used up', async () => {
    const reset = Math.floor(Date.now() / 1000) + 300;
    answer = () => ({
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(reset),
      },
      body: { message: 'API rate limit exceeded' },
    });
    const limited = {
      kind: 'unavailable',
      reason: 'rate-limited',
      retryAt: new Date(reset * 1000).toISOString(),
    };
    expect(await find()).toMatchObject(limited);
    expect(await find()).toMatchObject(limited);
    expect(server.received).toHaveLength(1);
  });

  it('uses the last request that the limit allows', async () => {
    answer = () => ({
      ...comparison([sha(1)]),
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 300),
      },
    });
    expect(await find()).toMatchObject({ kind: 'exact' });
    expect(await find()).toMatchObject({ reason: 'rate-limited' });
  });

  it('reports revisions that the repository doesn’t have', async () => {
    answer = () => ({ status: 404, body: { message: 'Not Found' } });
    expect(await find()).toMatchObject({ reason: 'not-found' });
  });
});
