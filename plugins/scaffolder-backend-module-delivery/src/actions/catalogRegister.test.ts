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
  takenIn = [apiFrom(`url:${catalogInfoUrl}`)],
) {
  let store = catalogServiceMock({ entities });
  const catalog = catalogServiceMock.mock({
    getEntityByRef: (ref, options) => store.getEntityByRef(ref, options),
    addLocation: async () => {
      // The catalog takes it in later.
      setTimeout(() => {
        store = catalogServiceMock({ entities: takenIn });
      }, 20);
      return {
        location: {
          id: '1',
          type: 'url',
          target: catalogInfoUrl,
          entityRef: 'location:default/generated-1',
        },
        entities: [],
      };
    },
  });
  const ctx = createMockActionContext({
    input: { catalogInfoUrl, entityRef: 'component:api', ...input },
    getInitiatorCredentials: async () =>
      mockServices.auth().getOwnServiceCredentials(),
  });
  const times = { everyMs: 5, patienceMs: takenIn.length ? 10_000 : 50 };
  const warn = jest.spyOn(ctx.logger, 'warn');
  await createCatalogRegisterAction({ catalog, times }).handler(ctx);
  return {
    added: catalog.addLocation.mock.calls.map(([location]) => location),
    output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
    isShown:
      (await store.getEntityByRef('component:default/api', {
        credentials: await mockServices.auth().getOwnServiceCredentials(),
      })) !== undefined,
    warnings: warn.mock.calls.map(([message]) => String(message)),
  };
}

describe('delivery:catalog:register', () => {
  it('registers what is not there', async () => {
    await expect(register([])).resolves.toEqual({
      added: [{ type: 'url', target: catalogInfoUrl, onConflict: 'refresh' }],
      output: { entityRef: 'component:default/api', registered: true },
      isShown: true,
      warnings: [],
    });
  });

  it('ends when the catalog shows the entity, so that a link leads to its page', async () => {
    await expect(register([])).resolves.toMatchObject({
      isShown: true,
      warnings: [],
    });
  });

  it('says so when the catalog doesn’t show it in time', async () => {
    await expect(register([], {}, [])).resolves.toMatchObject({
      isShown: false,
      output: { registered: true },
      warnings: [expect.stringContaining("doesn't show component:default/api")],
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
