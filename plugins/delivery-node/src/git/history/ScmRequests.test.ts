import { mockServices } from '@backstage/backend-test-utils';
import { sendJson, TestServer } from '../../__testUtils__/httpServer';
import { REQUEST_HOSTS } from './requests/__testUtils__/requestHosts';
import { ScmRequests } from './ScmRequests';

const BRANCH = 'landfall/change-1';
const { gitea } = REQUEST_HOSTS;
const pull = (state: 'open' | 'closed', isFork = false) =>
  gitea.request({ number: 7, state, branch: BRANCH, isFork });

describe('ScmRequests', () => {
  let server: TestServer;
  /** What the host has; undefined: nothing. */
  let existing: unknown;
  let answer: () => { status: number; body: unknown };

  beforeEach(async () => {
    existing = undefined;
    answer = () => ({ status: 201, body: pull('open') });
    server = await TestServer.start(({ method }, response) => {
      if (method === 'POST') {
        const { status, body } = answer();
        sendJson(response, status, body);
      } else {
        sendJson(response, existing ? 200 : 404, existing ?? {});
      }
    });
  });
  afterEach(() => server.stop());

  const requests = () =>
    ScmRequests.fromConfig(
      mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host: 'git.example.com',
                baseUrl: server.url,
                username: 'portal',
                password: 'secret',
              },
            ],
          },
        },
      }),
    );
  const request = {
    repoUrl: 'https://git.example.com/shop/deploy.git',
    branch: BRANCH,
    base: 'main',
    title: 'Add api',
    description: '',
  };
  const sent = () =>
    server.received.map(({ method, headers }) => [
      method,
      headers.authorization,
    ]);

  it('opens one as the portal, or as the owner of a token', async () => {
    await requests().open(request);
    const basic = `Basic ${Buffer.from('portal:secret').toString('base64')}`;
    expect(sent()).toEqual([
      ['GET', basic],
      ['POST', basic],
    ]);
    server.received.length = 0;
    await requests().open(request, { token: 'of-jo' });
    await requests().find(request, { token: 'of-jo' });
    expect(sent()).toEqual([
      ['GET', 'Bearer of-jo'],
      ['POST', 'Bearer of-jo'],
      ['GET', 'Bearer of-jo'],
    ]);
  });

  it('returns the one that somebody else opened at the same time', async () => {
    answer = () => {
      existing = pull('open');
      return { status: 409, body: { message: 'already exists' } };
    };
    await expect(requests().open(request)).resolves.toMatchObject({
      number: 7,
      state: 'open',
    });
  });

  it.each([
    ['closed', false],
    ['open', true],
  ] as const)(
    'reports a refusal in the host’s words if the only one is %s (of a fork: %s)',
    async (state, isFork) => {
      answer = () => {
        existing = pull(state, isFork);
        return { status: 422, body: { message: 'no\ncommits between' } };
      };
      await expect(requests().open(request)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(
          /127\.0\.0\.1:\d+ refused the request to \/api\/v1\/repos\/shop\/deploy\/pulls \(422\): \{"message":"no\\ncommits between"\}/,
        ),
      });
    },
  );

  it.each([
    [
      'the host refuses',
      422,
      'InputError',
      `is there without a merge request into main. Open one for it, or delete it and try again`,
    ],
    [
      'the credentials may not open one',
      403,
      'InputError',
      `is there without a merge request into main. Open one for it, or delete it and try again`,
    ],
    [
      'the host fails',
      503,
      'ServiceUnavailableError',
      `is there, and perhaps a merge request into main. Look there before you try again`,
    ],
  ])('names the branch that is left if %s', async (_, status, name, advice) => {
    answer = () => ({ status, body: { message: 'no' } });
    const opening = requests().open({
      ...request,
      repoUrl: request.repoUrl.replace('//', '//jo:hidden@'),
    });
    await expect(opening).rejects.toMatchObject({
      name,
      message: expect.stringContaining(
        `. The branch ${BRANCH} of ${request.repoUrl} ${advice}`,
      ),
    });
  });

  it('names the branch on a host that has no requests', async () => {
    const repoUrl = 'https://other.example.com/a/b.git';
    await expect(requests().open({ ...request, repoUrl })).rejects.toThrow(
      `The branch ${BRANCH} of ${repoUrl} is there without a merge request`,
    );
  });

  it('covers the hosts of integrations only', () => {
    expect(requests().covers(request.repoUrl)).toBe(true);
    expect(requests().covers('https://evil.example.com/a/b')).toBe(false);
  });
});
