import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { deploymentsWith, SUGGESTIONS } from '../__testUtils__/suggestions';
import { createCatalogSuggestAction } from './catalogSuggest';
import { examples } from './catalogSuggest.examples';

describe('examples of delivery:catalog:suggest', () => {
  const [suggest] = examples;

  it(`${suggest.description}`, async () => {
    const entity = apiOwnedBy('group:default/shop-team');
    const entities = [
      {
        ...entity,
        metadata: {
          ...entity.metadata,
          annotations: {
            'backstage.io/managed-by-location':
              'url:https://github.com/shop/api/blob/main/catalog-info.yaml',
          },
        },
      },
    ];
    const action = createCatalogSuggestAction({
      service: {
        getDeployments: async () =>
          deploymentsWith({ suggestions: SUGGESTIONS }),
      },
      catalog: catalogServiceMock({ entities }),
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      ownership: ownershipOfEntities(entities),
      hosts: EcrHosts.create([]),
    });
    const [output] = await runExample(action, suggest);
    expect(output).toMatchObject({
      state: 'found',
      annotations: { 'argocd/app-selector': 'app.kubernetes.io/name=api' },
    });
  });

  it('has a test for each', () => {
    expect(examples).toEqual([suggest]);
  });
});
