import { HistoryHttp } from '../HistoryHttp';
import { sendJson, TestServer } from '../../../__testUtils__/httpServer';
import { REQUEST_HOSTS } from './__testUtils__/requestHosts';

const BRANCH = 'landfall/promote-1';
const NEW = {
  branch: BRANCH,
  base: 'main',
  title: 'Promote api to 1.4.3',
  description: '- a commit',
};

/** What each host's documentation says that it is sent. */
const BODIES: Record<string, object> = {
  // https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request
  github: {
    title: NEW.title,
    head: BRANCH,
    base: 'main',
    body: NEW.description,
  },
  // https://docs.gitlab.com/api/merge_requests/#create-mr
  gitlab: {
    source_branch: BRANCH,
    target_branch: 'main',
    title: NEW.title,
    description: NEW.description,
    remove_source_branch: true,
  },
  // https://docs.gitea.com/api/1.24/#tag/repository/operation/repoCreatePullRequest
  gitea: {
    title: NEW.title,
    head: BRANCH,
    base: 'main',
    body: NEW.description,
  },
  // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/
  bitbucketCloud: {
    title: NEW.title,
    description: NEW.description,
    source: { branch: { name: BRANCH } },
    destination: { branch: { name: 'main' } },
    close_source_branch: true,
  },
  // https://developer.atlassian.com/server/bitbucket/rest/v906/api-group-pull-requests/
  bitbucketServer: {
    title: NEW.title,
    description: NEW.description,
    fromRef: { id: `refs/heads/${BRANCH}` },
    toRef: { id: 'refs/heads/main' },
  },
};

/** How each host is asked for the requests of a branch. */
const QUERIES: Record<string, Record<string, string>> = {
  github: { head: `shop:${BRANCH}`, base: 'main', state: 'all' },
  gitlab: { source_branch: BRANCH, target_branch: 'main', state: 'all' },
  gitea: {},
  bitbucketCloud: {
    q: `(state = "OPEN" OR state = "MERGED" OR state = "DECLINED" OR state = "SUPERSEDED") AND source.branch.name = "${BRANCH}" AND destination.branch.name = "main"`,
  },
  bitbucketServer: { at: `refs/heads/${BRANCH}`, state: 'ALL' },
};

describe.each(Object.entries(REQUEST_HOSTS))(
  'opening requests on %s',
  (name, host) => {
    const isPathed = name === 'gitea';
    let server: TestServer;
    let existing: object | undefined;
    let posted: { path: string; body: unknown }[];

    beforeEach(async () => {
      existing = undefined;
      posted = [];
      server = await TestServer.start((request, response) => {
        if (request.method === 'POST') {
          posted.push({
            path: request.pathname,
            body: JSON.parse(request.body),
          });
          sendJson(
            response,
            201,
            host.request({ number: 7, state: 'open', branch: BRANCH }),
          );
        } else if (isPathed) {
          sendJson(response, existing ? 200 : 404, existing ?? {});
        } else {
          sendJson(response, 200, host.list(existing ? [existing] : []));
        }
      });
    });
    afterEach(() => server.stop());

    const repository = () => ({
      http: HistoryHttp.create(),
      apiUrl: `${server.url}${host.api}`,
      headers: { authorization: 'Bearer t' },
      path: host.path,
    });

    it('sends what the API documents', async () => {
      expect(await host.requests.open(repository(), NEW)).toMatchObject({
        number: 7,
        state: 'open',
        url: 'https://git.example.com/requests/7',
        branch: BRANCH,
      });
      expect(posted).toEqual([{ path: host.paths.list, body: BODIES[name] }]);
      const [{ headers }] = server.received;
      expect(headers.authorization).toBe('Bearer t');
      expect(headers['content-type']).toBe('application/json');
    });

    it.each(['open', 'merged', 'closed'] as const)(
      'finds an %s request by its branch',
      async state => {
        expect(await host.requests.ofBranch(repository(), NEW)).toBeUndefined();
        existing = Object(host.request({ number: 7, state, branch: BRANCH }));
        expect(await host.requests.ofBranch(repository(), NEW)).toMatchObject({
          number: 7,
          state,
        });
        const [{ pathname, query }] = server.received;
        expect(pathname).toBe(
          isPathed
            ? `${host.paths.list}/main/${encodeURIComponent(BRANCH)}`
            : host.paths.list,
        );
        expect(Object.fromEntries(query)).toMatchObject(QUERIES[name]);
      },
    );
  },
);
