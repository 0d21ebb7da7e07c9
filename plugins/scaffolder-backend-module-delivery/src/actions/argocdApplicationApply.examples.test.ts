import { createMockDirectory } from '@backstage/backend-test-utils';
import yaml from 'yaml';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { FakeApplications } from '../__testUtils__/fakeApplications';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { createArgoCdApplicationApplyAction } from './argocdApplicationApply';
import { examples } from './argocdApplicationApply.examples';

describe('examples of delivery:argocd:application:apply', () => {
  const workspace = createMockDirectory({
    content: {
      'delivery/argocd/api/api-dev.yaml': yaml.stringify({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'api-dev' },
        spec: { project: 'shop', destination: {} },
      }),
    },
  });

  it.each(examples)('$description', async example => {
    const client = new FakeApplications();
    const action = createArgoCdApplicationApplyAction({
      instances: instancesOf(client),
      ownership: ownershipOfEntities(),
    });
    await expect(
      runExample(action, example, { workspacePath: workspace.path }),
    ).resolves.toEqual([
      expect.objectContaining({
        name: 'api-dev',
        project: 'shop',
        created: true,
      }),
    ]);
    expect(client.get('api-dev')).toMatchObject({ spec: { project: 'shop' } });
  });
});
