import { createMockDirectory } from '@backstage/backend-test-utils';
import { runExample } from '../__testUtils__/runExample';
import { createImageUpdaterConfigureAction } from './imageUpdaterConfigure';
import { examples } from './imageUpdaterConfigure.examples';

describe('examples of delivery:image-updater:configure', () => {
  const workspace = createMockDirectory({
    content: {
      'argocd/api-dev.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: api-dev
  namespace: argocd
spec:
  source:
    repoURL: https://git.example.com/shop/deploy.git
    path: apps/api
    targetRevision: main
    helm: {}
`,
      'argocd/imageupdater.yaml': `apiVersion: argocd-image-updater.argoproj.io/v1alpha1
kind: ImageUpdater
metadata: {name: all, namespace: argocd}
spec:
  applicationRefs:
    - namePattern: api-*
      useAnnotations: true
`,
    },
  });

  it.each(examples)('$description', async example => {
    const outputs = await runExample(
      createImageUpdaterConfigureAction(),
      example,
      { workspacePath: workspace.path },
    );
    expect(outputs).toEqual([
      expect.objectContaining({
        changed: true,
        content: expect.stringContaining('shop/api:^1'),
        findings: [],
      }),
    ]);
  });
});
