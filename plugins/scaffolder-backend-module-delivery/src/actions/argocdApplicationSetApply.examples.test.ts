import { createMockDirectory } from '@backstage/backend-test-utils';
import yaml from 'yaml';
import { FakeApplicationSets } from '../__testUtils__/fakeApplicationSets';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { createArgoCdApplicationSetApplyAction } from './argocdApplicationSetApply';
import { examples } from './argocdApplicationSetApply.examples';

describe('examples of delivery:argocd:application-set:apply', () => {
  const workspace = createMockDirectory({
    content: {
      'delivery/argocd/api.yaml': yaml.stringify({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'ApplicationSet',
        metadata: { name: 'api' },
        spec: {
          generators: [{ clusters: {} }],
          template: {
            metadata: { name: 'api-{{ .name }}' },
            spec: { project: 'shop', destination: {} },
          },
        },
      }),
    },
  });

  it.each(examples)('$description', async example => {
    const client = new FakeApplicationSets();
    const action = createArgoCdApplicationSetApplyAction({
      instances: instancesOf(client),
      ownership: ownershipOfEntities(),
    });
    await expect(
      runExample(action, example, { workspacePath: workspace.path }),
    ).resolves.toEqual([
      {
        name: 'api',
        namespace: 'argocd',
        instance: 'main',
        project: 'shop',
        created: true,
        updated: false,
      },
    ]);
    expect(client.get('api')).toMatchObject({
      metadata: {
        annotations: { 'landfall.io/entity-ref': 'component:default/api' },
      },
    });
  });
});
