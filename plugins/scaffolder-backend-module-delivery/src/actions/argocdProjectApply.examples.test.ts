import { FakeProjects } from '../__testUtils__/fakeProjects';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { createArgoCdProjectApplyAction } from './argocdProjectApply';
import { examples } from './argocdProjectApply.examples';

describe('examples of delivery:argocd:project:apply', () => {
  it('run one after the other', async () => {
    const client = new FakeProjects();
    const action = createArgoCdProjectApplyAction({
      instances: instancesOf(client),
      ownership: ownershipOfEntities(),
    });
    const outputs = [];
    for (const example of examples) {
      outputs.push(...(await runExample(action, example)));
    }
    expect(outputs).toMatchObject([
      { name: 'shop', created: true, updated: false },
      { name: 'shop', created: false, updated: true },
    ]);
    expect(client.get('shop')).toMatchObject({
      spec: {
        description: 'The shop',
        sourceRepos: ['https://git.example.com/shop/deploy.git'],
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
        roles: [{ name: 'ci', groups: ['shop-ci'] }],
      },
    });
  });
});
