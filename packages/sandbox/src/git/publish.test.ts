import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createPublishGiteaAction } from '@backstage/plugin-scaffolder-backend-module-gitea';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { TestHost } from './__testUtils__/TestHost';

const quiet = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => quiet,
};

/** Backstage's own Gitea action and reader, configured as in an app-config. */
describe('Backstage on the Git host', () => {
  let host: TestHost;
  let config: ConfigReader;
  let workspaces = 0;

  beforeAll(async () => {
    host = await TestHost.start();
    config = new ConfigReader({
      integrations: {
        gitea: [
          {
            host: new URL(host.url).host,
            baseUrl: host.url,
            username: 'landfall',
            password: 'landfall',
          },
        ],
      },
    });
  });
  afterAll(() => host.stop());

  /** Runs `publish:gitea` in a new workspace, and resolves to its outputs. */
  async function publish(input: {
    repo: string;
    owner?: string;
    repoVisibility?: 'private' | 'public';
  }): Promise<Record<string, unknown>> {
    const { repo, owner = 'shop', ...more } = input;
    const workspacePath = host.path(`workspace-${workspaces++}`);
    await mkdir(join(workspacePath, 'docs'), { recursive: true });
    await writeFile(
      join(workspacePath, 'catalog-info.yaml'),
      'kind: Component\n',
    );
    await writeFile(join(workspacePath, 'docs', 'index.md'), '# Docs\n');
    const action = createPublishGiteaAction({
      integrations: ScmIntegrations.fromConfig(config),
      config,
    });
    const context = createMockActionContext({
      input: {
        repoUrl: `${new URL(host.url).host}?owner=${owner}&repo=${repo}`,
        description: 'A service',
        gitAuthorName: 'Scaffolder',
        gitAuthorEmail: 'scaffolder@example.com',
        ...more,
      },
      workspacePath,
    });
    await action.handler(context);
    return Object.fromEntries(jest.mocked(context.output).mock.calls);
  }

  it('publish:gitea makes a repository and pushes to it', async () => {
    const outputs = await publish({ repo: 'api' });
    const clone = host.path('published');
    await host.mustGit(['clone', `${host.url}/shop/api`, clone]);
    expect(
      await host.mustGit(['log', '--format=%an <%ae>%n%B'], clone),
    ).toMatch(
      /^Scaffolder <scaffolder@example\.com>\ninitial commit\n\nChange-Id: I/,
    );
    expect(outputs).toEqual({
      remoteUrl: `${host.url}/shop/api.git`,
      commitHash: expect.stringMatching(/^[0-9a-f]{40}$/),
      repoContentsUrl: `${host.url}/shop/api/src/branch/main/`,
    });
    const page = await fetch(`${host.url}/shop/api/src/branch/main/`);
    expect(page.status).toBe(200);
    await expect(page.text()).resolves.toContain('catalog-info.yaml');
  });

  it('publish:gitea a second time meets the conflict of a real Gitea', async () => {
    await publish({ repo: 'twice' });
    await expect(publish({ repo: 'twice' })).rejects.toThrow(
      `Unable to create repository, 409 Conflict, {"message":"The repository with the same name already exists.","url":"${host.url}/api/swagger"}`,
    );
  });

  it('publish:gitea to an unknown organization says so', async () => {
    await expect(publish({ repo: 'api', owner: 'nobody' })).rejects.toThrow(
      'Organization nobody do not exist',
    );
  });

  it('the URL reader reads a file, and says when there is none', async () => {
    await publish({ repo: 'readable' });
    const reader = UrlReaders.default({ config, logger: quiet });
    const base = `${host.url}/shop/readable/src/branch/main`;
    const file = await reader.readUrl(`${base}/catalog-info.yaml`);
    expect((await file.buffer()).toString()).toBe('kind: Component\n');
    await expect(reader.readUrl(`${base}/nothing.yaml`)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(
      reader.readUrl(`${host.url}/shop/none/src/branch/main/a`),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    const found = await reader.search(`${base}/catalog-info.yaml`);
    expect(found.files.map(it => it.url)).toEqual([
      `${base}/catalog-info.yaml`,
    ]);
    const none = await reader.search(`${base}/nothing.yaml`);
    expect(none.files).toEqual([]);
  });

  it('the URL reader reads a tree, whole or a folder of it, and knows an old one', async () => {
    await publish({ repo: 'tree' });
    const reader = UrlReaders.default({ config, logger: quiet });
    const url = `${host.url}/shop/tree/src/branch/main`;
    const tree = await reader.readTree(`${url}/`);
    const files = await tree.files();
    expect(files.map(it => it.path).sort()).toEqual([
      'catalog-info.yaml',
      'docs/index.md',
    ]);
    expect(
      await host.mustGit(['ls-remote', `${host.url}/shop/tree`, 'main']),
    ).toContain(tree.etag);
    await expect(
      reader.readTree(url, { etag: tree.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    const docs = await (await reader.readTree(`${url}/docs`)).files();
    expect(docs.map(it => it.path)).toEqual(['index.md']);
    expect((await docs[0].content()).toString()).toBe('# Docs\n');
  });

  it('the URL reader reads branches with a slash, and commits', async () => {
    const { folder, commitId } = await host.publish('branched', {
      'a b.txt': '1',
    });
    await host.commit(folder, { 'a b.txt': '2' }, 'Second');
    await host.mustGit(['push', 'origin', 'HEAD:refs/heads/feature/x'], folder);
    const reader = UrlReaders.default({ config, logger: quiet });
    const read = async (ref: string) =>
      (
        await (
          await reader.readUrl(`${host.url}/shop/branched/src/${ref}/a%20b.txt`)
        ).buffer()
      ).toString();
    expect(await read('branch/main')).toBe('1');
    expect(await read('branch/feature%2Fx')).toBe('2');
    expect(await read(`commit/${commitId}`)).toBe('1');
    const tree = await reader.readTree(
      `${host.url}/shop/branched/src/branch/feature%2Fx/`,
    );
    expect(await tree.files()).toHaveLength(1);
  });
});
