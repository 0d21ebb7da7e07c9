import { mockServices } from '@backstage/backend-test-utils';
import { sendJson, TestServer } from '../../__testUtils__/httpServer';
import { REQUEST_HOSTS } from './requests/__testUtils__/requestHosts';
import { ScmRepositoryHistory } from './ScmRepositoryHistory';

const REVISION = '1'.repeat(40);
const { gitea } = REQUEST_HOSTS;

describe('merge requests by integration', () => {
  let server: TestServer;
  let history: ScmRepositoryHistory;
  let status: number;

  beforeEach(async () => {
    status = 200;
    const pull = JSON.parse(
      JSON.stringify(
        gitea.request({ number: 7, state: 'open', branch: 'updates/1' }),
      ).replace('Update 7', 'See https://jo:secret@example.com'),
    );
    const commit = gitea.commit(
      REVISION,
      'See https://jo:secret@git.example.com',
    );
    const answers = new Map<string, unknown>([
      [gitea.paths.ofCommit(REVISION), pull],
      [gitea.paths.list, [pull]],
      [gitea.paths.commits(7), [commit]],
      [gitea.paths.branches, []],
    ]);
    server = await TestServer.start(({ pathname, headers }, response) => {
      const isAllowed = headers.authorization?.startsWith('Basic ') ?? false;
      const body = isAllowed ? answers.get(pathname) : undefined;
      sendJson(response, body === undefined ? 404 : status, body ?? {});
    });
    history = ScmRepositoryHistory.fromConfig(
      mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host: new URL(server.url).host,
                baseUrl: server.url,
                username: 'u',
                password: 'p',
              },
            ],
          },
        },
      }),
    );
  });
  afterEach(() => server.stop());

  const requestOf = (signal?: AbortSignal) =>
    history.requestOf(
      { repoUrl: `${server.url}/shop/deploy.git`, revision: REVISION },
      { signal },
    );

  it('are read with the credentials of the host, and shown without any', async () => {
    const title = 'See https://example.com';
    expect(await requestOf()).toMatchObject({
      kind: 'found',
      request: { number: 7, state: 'open', title },
    });
    expect(
      await history.proposalsOn({
        repoUrl: `${server.url}/shop/deploy.git`,
        base: 'main',
        template: 'updates/{{.SHA256}}',
      }),
    ).toMatchObject({
      kind: 'found',
      proposals: [
        {
          branch: 'updates/1',
          commit: { message: 'See https://git.example.com' },
          request: { title },
        },
      ],
    });
  });

  it.each([
    [403, 'unauthorized'],
    [500, 'unreachable'],
  ])('are unavailable at status %s: %s', async (given, reason) => {
    status = given;
    expect(await requestOf()).toMatchObject({ kind: 'unavailable', reason });
  });

  it('reject only when aborted', async () => {
    await expect(
      requestOf(AbortSignal.abort(new Error('stopped'))),
    ).rejects.toThrow('stopped');
  });

  it('aren’t known without an integration', async () => {
    const repoUrl = 'https://dev.azure.example.com/shop/_git/deploy';
    expect(history.covers(repoUrl)).toBe(false);
    expect(await history.requestOf({ repoUrl, revision: REVISION })).toEqual({
      kind: 'unsupported',
    });
    expect(
      await history.proposalsOn({ repoUrl, base: '', template: 'x' }),
    ).toEqual({ kind: 'unsupported' });
  });
});
