import { createMockDirectory } from '@backstage/backend-test-utils';
import { author, file, TestGitHost } from '../__testUtils__/TestGitHost';

const OURS = 'component:default/api';
const MARK = `${OURS}\n`;

describe('removing folders', () => {
  const mockDir = createMockDirectory();
  let host: TestGitHost;

  beforeAll(async () => {
    host = await TestGitHost.start(mockDir.path);
  });
  afterAll(() => host.stop());

  let count = 0;
  const repository = (files: Record<string, string>) => {
    count += 1;
    return host.repository(`remove-${count}`, files);
  };

  const remove = (
    url: string,
    folders: string[],
    options: { checkOnly?: boolean; newBranch?: string } = {},
  ) =>
    host.client.commitFiles({
      url,
      files: [],
      remove: { entityRef: OURS, folders },
      message: 'remove',
      author,
      directory: host.cloneFolder(),
      ...options,
    });

  const filesOf = async (repo: { git(...args: string[]): Promise<string> }) =>
    (await repo.git('ls-tree', '-r', '--name-only', 'main'))
      .split('\n')
      .filter(Boolean);

  const files = {
    'apps/api/.landfall-entity': MARK,
    'apps/api/deep/values.yaml': 'a: 1\n',
    'apps/web/Chart.yaml': 'name: web\n',
    'argocd/api/.landfall-entity': MARK,
    'argocd/api/api-dev.yaml': 'kind: Application\n',
    'README.md': 'all\n',
  };

  it('removes everything in them and nothing else, once', async () => {
    const repo = await repository(files);
    const { removed, changed } = await remove(repo.url, [
      'apps/api',
      'argocd/api',
    ]);
    expect({ removed, changed }).toEqual({
      removed: [
        'apps/api/.landfall-entity',
        'apps/api/deep/values.yaml',
        'argocd/api/.landfall-entity',
        'argocd/api/api-dev.yaml',
      ],
      changed: [],
    });
    expect(await filesOf(repo)).toEqual(['README.md', 'apps/web/Chart.yaml']);
    const head = await repo.head();
    expect(await remove(repo.url, ['apps/api', 'argocd/api'])).toMatchObject({
      revision: head,
      removed: [],
    });
    expect(await repo.head()).toBe(head);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'another entity',
      { 'apps/api/.landfall-entity': 'component:default/other\n' },
      'belongs to another entity than component:default/api',
    ],
    [
      'nobody',
      { 'apps/api/Chart.yaml': 'name: api\n' },
      "isn't marked as belonging to component:default/api",
    ],
  ])('removes nothing if one belongs to %s', async (_, theirs, message) => {
    const repo = await repository({
      ...theirs,
      'argocd/api/.landfall-entity': MARK,
    });
    const head = await repo.head();
    await expect(remove(repo.url, ['argocd/api', 'apps/api'])).rejects.toThrow(
      message,
    );
    expect(await repo.head()).toBe(head);
  });

  it.each(['../x', '/etc', '.git', ''])(
    'refuses %j as a folder',
    async folder => {
      const repo = await repository(files);
      await expect(remove(repo.url, [folder])).rejects.toMatchObject({
        name: 'InputError',
      });
    },
  );

  it('shows what it would remove without a commit', async () => {
    const repo = await repository(files);
    const head = await repo.head();
    const { removed } = await remove(repo.url, ['argocd/api'], {
      checkOnly: true,
    });
    expect(removed).toHaveLength(2);
    expect(await repo.head()).toBe(head);
  });

  it('removes them on a new branch', async () => {
    const repo = await repository(files);
    const head = await repo.head();
    await expect(
      remove(repo.url, ['argocd/api'], { newBranch: 'retire-api' }),
    ).resolves.toMatchObject({ branch: 'retire-api', base: 'main' });
    expect(await repo.head()).toBe(head);
  });

  it('can empty a repository', async () => {
    const repo = await repository({ 'api/.landfall-entity': MARK });
    await remove(repo.url, ['api']);
    expect(await filesOf(repo)).toEqual([]);
  });

  it('keeps what others push meanwhile', async () => {
    const repo = await repository(files);
    await Promise.all([
      remove(repo.url, ['argocd/api']),
      host.client.commitFiles({
        url: repo.url,
        files: [file('apps/web/values.yaml', 'b: 1\n')],
        message: 'theirs',
        author,
        directory: host.cloneFolder(),
      }),
    ]);
    expect(await filesOf(repo)).toContain('apps/web/values.yaml');
    expect(await filesOf(repo)).not.toContain('argocd/api/api-dev.yaml');
  });
});
