import { createMockDirectory } from '@backstage/backend-test-utils';
import { runExample } from '../__testUtils__/runExample';
import { createCatalogAnnotateAction } from './catalogAnnotate';
import { examples } from './catalogAnnotate.examples';

describe('examples of delivery:catalog:annotate', () => {
  const workspace = createMockDirectory({
    content: {
      'source/catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: api\n',
    },
  });
  const [annotate] = examples;

  it(`${annotate.description}`, async () => {
    await expect(
      runExample(createCatalogAnnotateAction(), annotate, {
        workspacePath: workspace.path,
      }),
    ).resolves.toEqual([{ changed: true }]);
  });

  it('has a test for each', () => {
    expect(examples).toEqual([annotate]);
  });
});
