import { apiFrom, registeredCatalog } from '../__testUtils__/registeredCatalog';
import { runExample } from '../__testUtils__/runExample';
import { createCatalogUnregisterAction } from './catalogUnregister';
import { examples } from './catalogUnregister.examples';

describe('examples of delivery:catalog:unregister', () => {
  const [unregister] = examples;

  it(`${unregister.description}`, async () => {
    const location = 'url:https://git.example.com/shop/api/catalog-info.yaml';
    const { catalog, ownership, removed } = registeredCatalog(
      [apiFrom(location, 'group:default/shop-team')],
      { registered: [location], callerOwns: 'group:default/shop-team' },
    );
    const action = createCatalogUnregisterAction({ catalog, ownership });
    await expect(runExample(action, unregister)).resolves.toEqual([
      { unregistered: true },
    ]);
    expect(removed()).toEqual(['0']);
  });

  it('has a test for each', () => {
    expect(examples).toEqual([unregister]);
  });
});
