/** What a Git host answers. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** The first commit of the tests; the others differ in their ids alone. */
export const COMMIT = {
  revision: '1'.repeat(40),
  author: 'Jo Doe <jo@example.com>',
  date: '2026-01-01T11:00:00.000Z',
  message: 'Use 1.0.1\n',
};

/** Each kind of host: its configuration, its commits, and its pages. */
export const HOSTS = {
  gitea: {
    repo: '/shop/deploy.git',
    config: (url: string) => ({
      gitea: [
        { host: new URL(url).host, baseUrl: url, username: 'u', password: 'p' },
      ],
    }),
    authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    path: '/api/v1/repos/shop/deploy/commits',
    range: (query: URLSearchParams) => [query.get('not'), query.get('sha')],
    commit: (revision: string) => ({
      sha: revision,
      commit: {
        author: {
          name: 'Jo Doe',
          email: 'jo@example.com',
          date: '2026-01-01T12:00:00+01:00',
        },
        message: COMMIT.message,
      },
    }),
    page: (commits: unknown[], isLast: boolean): Answer => ({
      headers: { 'x-hasmore': String(!isLast) },
      body: commits,
    }),
  },
  gitlab: {
    repo: '/shop/sub/deploy.git',
    config: (url: string) => ({
      gitlab: [
        {
          host: new URL(url).host,
          baseUrl: url,
          apiBaseUrl: `${url}/api/v4`,
          token: 't',
        },
      ],
    }),
    authorization: 'Bearer t',
    path: '/api/v4/projects/shop%2Fsub%2Fdeploy/repository/commits',
    range: (query: URLSearchParams) => query.get('ref_name')?.split('..'),
    commit: (revision: string) => ({
      id: revision,
      author_name: 'Jo Doe',
      author_email: 'jo@example.com',
      authored_date: '2026-01-01T12:00:00.000+01:00',
      message: COMMIT.message,
    }),
    page: (commits: unknown[], isLast: boolean): Answer => ({
      headers: { 'x-next-page': isLast ? '' : '2' },
      body: commits,
    }),
  },
  bitbucketServer: {
    repo: '/scm/shop/deploy.git',
    config: (url: string) => ({
      bitbucketServer: [
        {
          host: new URL(url).host,
          apiBaseUrl: `${url}/rest/api/1.0`,
          token: 't',
        },
      ],
    }),
    authorization: 'Bearer t',
    path: '/rest/api/1.0/projects/shop/repos/deploy/commits',
    range: (query: URLSearchParams) => [query.get('since'), query.get('until')],
    commit: (revision: string) => ({
      id: revision,
      author: { name: 'Jo Doe', emailAddress: 'jo@example.com' },
      authorTimestamp: Date.parse(COMMIT.date),
      message: COMMIT.message,
    }),
    page: (commits: unknown[], isLast: boolean): Answer => ({
      body: { values: commits, isLastPage: isLast },
    }),
  },
};
