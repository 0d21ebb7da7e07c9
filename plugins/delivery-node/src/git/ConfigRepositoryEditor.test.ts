import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { TestGitHost } from '../__testUtils__/TestGitHost';
import { sendJson, TestServer } from '../__testUtils__/httpServer';
import { ConfigRepositoryEditor } from './ConfigRepositoryEditor';

describe('ConfigRepositoryEditor', () => {
  const mockDir = createMockDirectory();
  let host: TestGitHost;
  let editor: ConfigRepositoryEditor;
  /** The API of the same host. */
  let api: TestServer;
  let opened: object[];
  /** What is answered to a request that would open something. */
  let status: number;

  beforeAll(async () => {
    host = await TestGitHost.start(mockDir.path);
    api = await TestServer.start((request, response) => {
      if (request.method === 'POST') {
        if (status === 201) {
          opened.push(JSON.parse(request.body));
        }
        sendJson(response, status, status === 201 ? pull() : {});
      } else {
        sendJson(
          response,
          opened.length ? 200 : 404,
          opened.length ? pull() : {},
        );
      }
    });
    editor = ConfigRepositoryEditor.fromConfig({
      config: mockServices.rootConfig({
        data: {
          integrations: {
            azure: [{ host: 'azure.example.com' }],
            gitea: [
              {
                host: host.server.host,
                baseUrl: api.url,
                username: 'portal',
                password: 'secret',
              },
            ],
          },
        },
      }),
      logger: mockServices.logger.mock(),
    });
  });
  beforeEach(() => {
    opened = [];
    status = 201;
  });
  afterAll(async () => {
    await host.stop();
    await api.stop();
  });

  function pull() {
    return {
      number: 7,
      title: 'Promote',
      state: 'open',
      merged: false,
      merged_at: null,
      updated_at: '2026-01-01T00:00:00Z',
      html_url: 'https://git.example.com/shop/deploy/pulls/7',
      user: { login: 'portal' },
      head: { ref: 'landfall/1', repo_id: 1 },
      base: { ref: 'main', repo_id: 1 },
    };
  }
  const bump = (text: string | undefined) =>
    (text ?? '').replace('tag: 1', 'tag: 2');
  const edit = (repoUrl: string) => ({
    repoUrl,
    edit: async (files: {
      readText(path: string): Promise<string | undefined>;
    }) => [{ path: 'v.yaml', text: bump(await files.readText('v.yaml')) }],
  });

  it('commits an edit, and shows one without a commit', async () => {
    const repo = await host.repository('commit', { 'v.yaml': 'tag: 1 # x\n' });
    const before = await repo.head();
    expect(await editor.preview(edit(repo.url))).toMatchObject({
      revision: '',
      changed: ['v.yaml'],
    });
    expect(await repo.head()).toBe(before);
    const commit = await editor.commit({ ...edit(repo.url), message: 'bump' });
    expect(commit).toMatchObject({
      revision: await repo.head(),
      branch: 'main',
      changed: ['v.yaml'],
      url: expect.stringContaining(`/commit/${await repo.head()}`),
    });
    expect(await repo.show('v.yaml')).toBe('tag: 2 # x\n');
  });

  it('opens one merge request, however often it is called', async () => {
    const repo = await host.repository('request', { 'v.yaml': 'tag: 1\n' });
    const before = await repo.head();
    const ask = () =>
      editor.request({
        ...edit(repo.url),
        newBranch: 'landfall/1',
        title: 'Promote',
        description: 'Why',
      });
    const first = await ask();
    expect(first).toMatchObject({
      base: 'main',
      request: { number: 7, state: 'open' },
    });
    expect(await ask()).toEqual(first);
    expect(opened).toEqual([
      { title: 'Promote', head: 'landfall/1', base: 'main', body: 'Why' },
    ]);
    expect(await repo.head()).toBe(before);
    expect(await repo.git('show', 'landfall/1:v.yaml')).toBe('tag: 2\n');
  });

  it('opens no request if nothing changes', async () => {
    const repo = await host.repository('none', { 'v.yaml': 'tag: 2\n' });
    const request = await editor.request({
      ...edit(repo.url),
      newBranch: 'landfall/2',
      title: 'Promote',
      description: '',
    });
    expect(request).toBeUndefined();
    expect(opened).toEqual([]);
  });

  it('names the branch that is left without a merge request', async () => {
    const repo = await host.repository('left', { 'v.yaml': 'tag: 1\n' });
    const ask = () =>
      editor.request({
        ...edit(repo.url),
        newBranch: 'landfall/3',
        title: 'Promote',
        description: '',
      });
    status = 403;
    await expect(ask()).rejects.toThrow(
      `(403). Check its credentials under integrations in the configuration. The branch landfall/3 of ${repo.url} is there without a merge request into main. Open one for it, or delete it and try again`,
    );
    expect(await repo.git('show', 'landfall/3:v.yaml')).toBe('tag: 2\n');

    status = 201;
    expect(await ask()).toMatchObject({ request: { number: 7 } });
  });

  it('pushes no branch to a host that has no merge requests', async () => {
    const request = editor.request({
      ...edit('https://azure.example.com/shop/deploy/_git/deploy'),
      newBranch: 'landfall/4',
      title: 'Promote',
      description: '',
    });
    await expect(request).rejects.toThrow(
      "Merge requests can't be opened on the repository's Git host. Nothing was done.",
    );
  });

  it.each([
    ['https://evil.example.com/shop/deploy.git', "isn't a configured Git host"],
    ['file:///etc', "isn't a Git repository that can be changed"],
    ['', "isn't a Git repository that can be changed"],
  ])('refuses %s', async (repoUrl, message) => {
    await expect(editor.preview(edit(repoUrl))).rejects.toThrow(message);
  });
});
