import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { apiOwnedBy } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { EntityOwnership } from '../access';
import { createCatalogRegisterAction } from './catalogRegister';
import { examples } from './catalogRegister.examples';

/** Runs an example with a catalog in which the component appears once its location is added. */
async function run(example: (typeof examples)[number]) {
  let store = catalogServiceMock();
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async (ref, request) => store.getEntityByRef(ref, request),
    addLocation: async ({ target }) => {
      store = catalogServiceMock({
        entities: [apiOwnedBy('group:default/shop-team')],
      });
      return {
        location: {
          id: '1',
          type: 'url',
          target,
          entityRef: 'location:default/generated-1',
        },
        entities: [],
      };
    },
  });
  const ownership = EntityOwnership.create({
    auth: mockServices.auth(),
    catalog,
    userInfo: mockServices.userInfo(),
  });
  const action = createCatalogRegisterAction({
    catalog,
    ownership,
    times: { everyMs: 5, timeoutMs: 10_000 },
  });
  const [output] = await runExample(action, example);
  return {
    output,
    targets: catalog.addLocation.mock.calls.map(([{ target }]) => target),
  };
}

describe('examples of delivery:catalog:register', () => {
  const [register, check] = examples;

  it(`${register.description}`, async () => {
    await expect(run(register)).resolves.toEqual({
      output: { entityRef: 'component:default/api', registered: true },
      targets: [
        'https://git.example.com/shop/api/src/branch/main/catalog-info.yaml',
      ],
    });
  });

  it(`${check.description}`, async () => {
    await expect(run(check)).resolves.toEqual({
      output: { entityRef: 'component:default/api', registered: false },
      targets: [],
    });
  });

  it('has a test for each', () => {
    expect(examples).toEqual([register, check]);
  });
});
