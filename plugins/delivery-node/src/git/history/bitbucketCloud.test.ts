import { sendJson, TestServer } from '../../__testUtils__/httpServer';
import { bitbucketCloudHistory } from './bitbucketCloud';
import { HistoryHttp } from './HistoryHttp';

const FROM = 'f'.repeat(40);
const TO = '0'.repeat(40);
const sha = (digit: number) => String(digit).repeat(40);

const commit = (revision: string) => ({
  hash: revision,
  author: { raw: 'Jo Doe <jo@example.com>' },
  date: '2026-01-01T11:00:00+00:00',
  message: 'Use 1.0.1\n',
});

describe('history on Bitbucket Cloud', () => {
  let server: TestServer;
  let next: (page: string | null) => string | undefined;

  beforeEach(async () => {
    server = await TestServer.start(({ query }, response) => {
      const page = query.get('page');
      sendJson(response, 200, {
        values:
          query.get('include') === FROM ? [] : [commit(sha(page ? 1 : 2))],
        ...(query.get('include') === TO && next(page) && { next: next(page) }),
      });
    });
  });
  afterEach(() => server.stop());

  const find = () =>
    bitbucketCloudHistory(
      {
        http: HistoryHttp.create(),
        apiUrl: `${server.url}/2.0`,
        headers: { authorization: 'Basic x' },
        path: ['shop', 'deploy'],
      },
      { repoUrl: '', from: FROM, to: TO, paths: ['apps'] },
    );

  it('follows the links between pages', async () => {
    next = page =>
      page
        ? undefined
        : `${server.url}/2.0/repositories/shop/deploy/commits?page=b&include=${TO}`;
    expect(await find()).toEqual({
      kind: 'exact',
      commits: [1, 2].map(digit => ({
        revision: sha(digit),
        author: 'Jo Doe <jo@example.com>',
        date: '2026-01-01T11:00:00.000Z',
        message: 'Use 1.0.1\n',
      })),
    });
    const [, listed] = server.received;
    expect(listed.pathname).toBe('/2.0/repositories/shop/deploy/commits');
    expect(Object.fromEntries(listed.query)).toMatchObject({
      include: TO,
      exclude: FROM,
      path: 'apps',
    });
  });

  it('follows no link to another host', async () => {
    next = () => 'https://other.example.com/2.0/commits';
    await expect(find()).rejects.toMatchObject({ reason: 'unexpected' });
  });
});
