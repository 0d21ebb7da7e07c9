import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { readFileSync } from 'node:fs';
import { createCatalogAnnotateAction } from './catalogAnnotate';

const FILE =
  'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: api\n';

describe('delivery:catalog:annotate', () => {
  const workspace = createMockDirectory();

  beforeEach(() => {
    workspace.setContent({ 'catalog-info.yaml': FILE });
  });

  async function run(path = './catalog-info.yaml') {
    const ctx = createMockActionContext({
      input: {
        path,
        entityRef: 'component:api',
        annotations: { 'argocd/app-name': 'api-dev' },
      },
      workspacePath: workspace.path,
    });
    await createCatalogAnnotateAction().handler(ctx);
    return Object.fromEntries(jest.mocked(ctx.output).mock.calls);
  }

  it('adds them once', async () => {
    await expect(run()).resolves.toEqual({ changed: true });
    const after = readFileSync(workspace.resolve('catalog-info.yaml'), 'utf8');
    expect(after).toBe(`${FILE}  annotations:\n    argocd/app-name: api-dev\n`);
    await expect(run()).resolves.toEqual({ changed: false });
  });

  it.each([
    ['missing.yaml', "can't be read in the workspace"],
    ['../catalog-info.yaml', 'not allowed'],
  ])('refuses %s', async (path, message) => {
    await expect(run(path)).rejects.toThrow(message);
  });
});
