import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createCatalogRegisterAction } from './catalogRegister';

const catalogInfoUrl =
  'https://git.example.com/shop/api/src/branch/main/catalog-info.yaml';

function apiFrom(origin: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'api',
      annotations: { 'backstage.io/managed-by-origin-location': origin },
    },
  };
}

async function register(
  entities: ReturnType<typeof apiFrom>[],
  input: { checkOnly?: boolean } = {},
) {
  const store = catalogServiceMock({ entities });
  const catalog = catalogServiceMock.mock({
    getEntityByRef: (ref, options) => store.getEntityByRef(ref, options),
    addLocation: async () => ({
      location: {
        id: '1',
        type: 'url',
        target: catalogInfoUrl,
        entityRef: 'location:default/generated-1',
      },
      entities: [],
    }),
  });
  const ctx = createMockActionContext({
    input: { catalogInfoUrl, entityRef: 'component:api', ...input },
    getInitiatorCredentials: async () =>
      mockServices.auth().getOwnServiceCredentials(),
  });
  await createCatalogRegisterAction({ catalog }).handler(ctx);
  return {
    added: catalog.addLocation.mock.calls.map(([location]) => location),
    output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
  };
}

describe('delivery:catalog:register', () => {
  it('registers what is not there', async () => {
    await expect(register([])).resolves.toEqual({
      added: [{ type: 'url', target: catalogInfoUrl, onConflict: 'refresh' }],
      output: { entityRef: 'component:default/api', registered: true },
    });
  });

  it('refreshes what was registered from the same place', async () => {
    await expect(
      register([apiFrom(`url:${catalogInfoUrl}`)]),
    ).resolves.toMatchObject({
      added: [{ onConflict: 'refresh' }],
      output: { registered: false },
    });
  });

  it.each([{}, { checkOnly: true }])(
    'refuses a name that another place holds (%j)',
    async input => {
      await expect(
        register([apiFrom('url:https://git.example.com/other')], input),
      ).rejects.toThrow(
        'component:default/api is in the catalog already, from url:https://git.example.com/other. Choose another name.',
      );
    },
  );

  it('only looks when told to', async () => {
    const { added } = await register([], { checkOnly: true });
    expect(added).toEqual([]);
  });
});
