import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { GitServer } from '@landfall/testing-kit';
import { FOLDER_MARK_FILE, type FolderClaim } from './folderClaims';
import { GitClient } from './GitClient';

const OURS = 'component:default/api';

describe('folder claims', () => {
  const mockDir = createMockDirectory();
  let server: GitServer;
  let client: GitClient;
  let count = 0;

  beforeAll(async () => {
    server = await GitServer.start({
      folder: mockDir.resolve('repos'),
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
    client = GitClient.fromConfig({
      config: mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host: server.host,
                baseUrl: `http://${server.host}`,
                username: 'portal',
                password: 'secret',
              },
            ],
          },
        },
      }),
      logger: mockServices.logger.mock(),
      random: () => 0,
    });
  });
  afterAll(() => server.stop());

  /** A repository with one commit of these files. */
  async function repository(files: Record<string, string>) {
    count += 1;
    const name = `claims-${count}`;
    await server.commit(name, files);
    return {
      url: server.repositoryUrl(name),
      files: async () =>
        (await server.git(name, 'ls-tree', '-r', '--name-only', 'main'))
          .trim()
          .split('\n'),
      show: (path: string) => server.git(name, 'show', `main:${path}`),
    };
  }

  function commit(
    url: string,
    folders: string[] = ['apps/api'],
    checkOnly = false,
  ) {
    const claim: FolderClaim = { entityRef: OURS, folders };
    return client.commitFiles({
      url,
      branch: 'main',
      files: [
        { path: 'apps/api/Chart.yaml', content: Buffer.from('name: api\n') },
      ],
      overwrite: false,
      claim,
      checkOnly,
      message: 'feat: add api',
      author: { name: 'Landfall', email: 'landfall@example.com' },
      directory: mockDir.resolve('clones', `${count}-${folders.length}`),
    });
  }

  it('mark new folders, and are recognized later', async () => {
    const repo = await repository({ 'README.md': 'r' });

    const first = await commit(repo.url, ['apps/api', 'argocd/api']);
    expect(first.changed).toEqual([
      'apps/api/.landfall-entity',
      'apps/api/Chart.yaml',
      'argocd/api/.landfall-entity',
    ]);
    expect(await repo.show(`apps/api/${FOLDER_MARK_FILE}`)).toBe(`${OURS}\n`);

    const second = await commit(repo.url);
    expect(second.changed).toEqual([]);
  });

  it('can be checked without a commit', async () => {
    const repo = await repository({ 'README.md': 'r' });

    const { changed } = await commit(repo.url, ['apps/api'], true);

    expect(changed).toEqual([
      'apps/api/.landfall-entity',
      'apps/api/Chart.yaml',
    ]);
    expect(await repo.files()).toEqual(['README.md']);
  });

  it.each([
    [
      'is not marked',
      { 'apps/api/templates/deployment.yaml': 'd' },
      "exists and isn't marked as belonging to component:default/api",
    ],
    [
      'is marked for another entity',
      { [`apps/api/${FOLDER_MARK_FILE}`]: 'component:default/pay\n' },
      'belongs to another entity than component:default/api',
    ],
    ['is a file', { 'apps/api': 'f' }, "isn't a folder in the repository"],
  ])('prevent a commit where a folder %s', async (_, files, message) => {
    const repo = await repository(files);

    await expect(commit(repo.url)).rejects.toThrow(message);
    expect(await repo.files()).toEqual(Object.keys(files));
  });

  it.each(['../api', 'apps/../../api', '/apps', '.git'])(
    'refuse the folder %j',
    async folder => {
      const repo = await repository({ 'README.md': 'r' });

      await expect(commit(repo.url, [folder])).rejects.toThrow(folder);
      expect(await repo.files()).toEqual(['README.md']);
    },
  );
});
