import {
  type ReceivedRequest,
  sendJson,
  TestServer,
} from '../../../__testUtils__/httpServer';
import { HistoryHttp } from '../HistoryHttp';
import {
  MERGED,
  REQUEST_HOSTS,
  type TestRequest,
  UPDATED,
} from './__testUtils__/requestHosts';
import { findProposals, findRequestOf } from './find';

const sha = (digit: number) => String(digit).repeat(40);
const MESSAGE = 'build: automatic update of api';
/** What hosts answer about what they don't have. */
const NOT_FOUND = { status: 404, body: {} };

describe.each(Object.entries(REQUEST_HOSTS))('requests on %s', (_, host) => {
  let server: TestServer;
  let answers: Map<string, { status?: number; body: unknown }>;

  beforeEach(async () => {
    answers = new Map();
    server = await TestServer.start((request, response) => {
      const { status = 200, body } = answers.get(request.pathname) ?? NOT_FOUND;
      sendJson(response, status, body);
    });
  });
  afterEach(() => server.stop());

  const repository = () => ({
    http: HistoryHttp.create(),
    apiUrl: `${server.url}${host.api}`,
    headers: { authorization: 'Bearer t' },
    path: host.path,
  });
  const requestOf = () => findRequestOf(host.requests, repository(), sha(1));
  const proposals = (base = 'main') =>
    findProposals(host.requests, repository(), {
      repoUrl: '',
      base,
      template: 'updates/{{.SHA256}}',
    });
  const answer = (path: string, body: unknown) => answers.set(path, { body });
  const answerOfCommit = (...all: TestRequest[]) => {
    answer(
      host.paths.ofCommit(sha(1)),
      host.ofCommit(all.map(one => host.request(one))),
    );
    for (const one of all) {
      if (host.paths.one) {
        answer(host.paths.one(one.number), host.request(one));
      }
    }
  };
  const answerList = (...all: TestRequest[]) =>
    answer(host.paths.list, host.list(all.map(one => host.request(one))));
  const found = (state: TestRequest['state'], number = 7) => ({
    url: `https://git.example.com/requests/${number}`,
    number,
    title: `Update ${number}`,
    state,
    author: 'jo',
    ...(state === 'merged' && host.datesMerges && { mergedAt: MERGED }),
    updatedAt: UPDATED,
  });
  const commit = (digit: number) => ({
    revision: sha(digit),
    author: 'Jo <jo@example.com>',
    date: '2026-01-01T12:00:00.000Z',
    message: MESSAGE,
  });

  it.each(['merged', 'open'] as const)(
    'gives the %s request of a commit',
    async state => {
      answerOfCommit({ number: 7, state, branch: 'updates/1' });
      expect(await requestOf()).toEqual({
        kind: 'found',
        request: found(state),
      });
      const [{ headers }] = server.received;
      expect(headers.authorization).toBe('Bearer t');
    },
  );

  it('gives none for a commit whose request was closed without a merge', async () => {
    answerOfCommit({ number: 7, state: 'closed', branch: 'updates/1' });
    expect(await requestOf()).toEqual({ kind: 'none' });
  });

  it('reports that the host refuses', async () => {
    answers.set(host.paths.ofCommit(sha(1)), { status: 403, body: {} });
    await expect(requestOf()).rejects.toMatchObject({ reason: 'unauthorized' });
  });

  it('finds the commits of requests from branches of the template', async () => {
    answerList(
      { number: 7, state: 'open', branch: 'updates/1' },
      { number: 6, state: 'merged', branch: 'updates/0' },
      { number: 5, state: 'open', branch: 'other' },
      { number: 4, state: 'open', branch: 'updates/2', isFork: true },
    );
    answer(host.paths.commits(7), host.commits([host.commit(sha(1), MESSAGE)]));
    answer(host.paths.commits(6), host.commits([host.commit(sha(2), MESSAGE)]));
    answer(host.paths.branches, host.branches(['updates/1']));
    expect(await proposals()).toEqual({
      kind: 'found',
      proposals: [
        {
          branch: 'updates/1',
          base: 'main',
          commit: commit(1),
          request: found('open'),
        },
        {
          branch: 'updates/0',
          base: 'main',
          commit: commit(2),
          request: found('merged', 6),
        },
      ],
    });
  });

  it('finds the commits of branches without a request', async () => {
    answerList();
    answer(
      host.paths.branches,
      host.branches(['updates/9', 'updates', 'main']),
    );
    answer(host.paths.range, host.range([host.commit(sha(3), MESSAGE)]));
    expect(await proposals()).toEqual({
      kind: 'found',
      proposals: [{ branch: 'updates/9', base: 'main', commit: commit(3) }],
    });
    const isRange = ({ pathname }: ReceivedRequest) =>
      pathname === host.paths.range;
    expect(server.received.filter(isRange)).toHaveLength(1);
  });

  it('leaves out a branch that was deleted in the meantime', async () => {
    answerList();
    answer(host.paths.branches, host.branches(['updates/9']));
    expect(await proposals()).toEqual({ kind: 'found', proposals: [] });
  });

  it('refuses a page that isn’t one of the web', async () => {
    const request = JSON.stringify(
      host.request({ number: 7, state: 'open', branch: 'updates/1' }),
    ).replace('https://git.example.com', 'data:text/html,');
    answer(host.paths.list, host.list([JSON.parse(request)]));
    await expect(proposals()).rejects.toMatchObject({ reason: 'unexpected' });
  });
});
