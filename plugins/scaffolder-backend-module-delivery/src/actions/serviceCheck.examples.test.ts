import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { runExample } from '../__testUtils__/runExample';
import { createServiceCheckAction } from './serviceCheck';
import { examples } from './serviceCheck.examples';
import { EntityOwnership } from '../access';
import { ServiceCheck } from '../service';

const TEAM = 'group:default/shop-team';

function checkWithTeam(): ServiceCheck {
  const auth = mockServices.auth();
  const userInfo = mockServices.userInfo({ ownershipEntityRefs: [TEAM] });
  const catalog = catalogServiceMock({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'shop-team', namespace: 'default' },
      },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'System',
        metadata: { name: 'shop', namespace: 'default' },
        relations: [{ type: 'ownedBy', targetRef: TEAM }],
      },
    ],
  });
  return ServiceCheck.create({
    auth,
    catalog,
    userInfo,
    ownership: EntityOwnership.create({ auth, catalog, userInfo }),
    rules: { creators: [], projects: undefined },
  });
}

describe('examples of delivery:service:check', () => {
  it.each(examples)('$description', async example => {
    const action = createServiceCheckAction({
      check: checkWithTeam(),
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    });
    await expect(
      runExample(action, example, {
        values: {
          '${{ parameters.name }}': 'api',
          '${{ parameters.system }}': 'system:default/shop',
          '${{ parameters.owner }}': TEAM,
          '${{ parameters.environments }}': ['dev'],
        },
      }),
    ).resolves.toEqual([
      expect.objectContaining({
        entityRef: 'component:default/api',
        exists: false,
        imageRepository: 'shop/api',
      }),
    ]);
  });
});
