import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { EntityOwnership } from '../access';
import { apiOwnedBy, isForUser } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createCatalogRegisterAction } from './catalogRegister';

const catalogInfoUrl =
  'https://git.example.com/shop/api/src/branch/main/catalog-info.yaml';
const team = 'group:default/shop-team';

function apiFrom(origin: string, owner = team): Entity {
  const entity = apiOwnedBy(owner);
  const annotations = { 'backstage.io/managed-by-origin-location': origin };
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}

interface Options {
  input?: { checkOnly?: boolean };
  /** What the catalog has once it has processed the location. */
  takenIn?: Entity[];
  /** Whether the existing entity is hidden from the initiator. */
  isHidden?: boolean;
  state?: FakeTaskState;
  isDryRun?: boolean;
}

async function register(entities: Entity[], options: Options = {}) {
  const { input, takenIn = [apiFrom(`url:${catalogInfoUrl}`)] } = options;
  const { state = new FakeTaskState(), isHidden = false, isDryRun } = options;
  let store = catalogServiceMock({ entities });
  const auth = mockServices.auth();
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async (ref, request) =>
      isHidden && isForUser(request)
        ? undefined
        : store.getEntityByRef(ref, request),
    addLocation: async () => {
      // The catalog processes it later.
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
  const ctx = {
    ...createMockActionContext({
      input: { catalogInfoUrl, entityRef: 'component:api', ...input },
    }),
    getInitiatorCredentials: async () => mockCredentials.user(),
    checkpoint: state.checkpoint,
    isDryRun,
  };
  const times = { everyMs: 5, timeoutMs: takenIn.length ? 10_000 : 50 };
  const warn = jest.spyOn(ctx.logger, 'warn');
  const ownership = EntityOwnership.create({
    auth,
    catalog,
    userInfo: mockServices.userInfo({ ownershipEntityRefs: [team] }),
  });
  await createCatalogRegisterAction({ catalog, ownership, times }).handler(ctx);
  return {
    added: catalog.addLocation.mock.calls.map(([location]) => location),
    output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
    isShown:
      (await store.getEntityByRef('component:default/api', {
        credentials: await auth.getOwnServiceCredentials(),
      })) !== undefined,
    warnings: warn.mock.calls.map(([message]) => String(message)),
  };
}

describe('delivery:catalog:register', () => {
  it('registers a new entity', async () => {
    await expect(register([])).resolves.toEqual({
      added: [{ type: 'url', target: catalogInfoUrl, onConflict: 'refresh' }],
      output: { entityRef: 'component:default/api', registered: true },
      isShown: true,
      warnings: [],
    });
  });

  it('ends once the catalog shows the entity', async () => {
    await expect(register([])).resolves.toMatchObject({
      isShown: true,
      warnings: [],
    });
  });

  it('warns when the catalog doesn’t show it in time', async () => {
    await expect(register([], { takenIn: [] })).resolves.toMatchObject({
      isShown: false,
      output: { registered: true },
      warnings: [expect.stringContaining("doesn't show component:default/api")],
    });
  });

  it('refreshes an entity from the same location', async () => {
    await expect(
      register([apiFrom(`url:${catalogInfoUrl}`)]),
    ).resolves.toMatchObject({
      added: [{ onConflict: 'refresh' }],
      output: { registered: false },
    });
  });

  describe.each([{}, { checkOnly: true }])('with %j', input => {
    it('refuses a name that is registered from another location', async () => {
      await expect(
        register([apiFrom('url:https://git.example.com/other')], { input }),
      ).rejects.toThrow(
        'component:default/api is taken: the catalog has it from url:https://git.example.com/other. Choose another name.',
      );
    });

    it('refuses an entity from the same location with another owner', async () => {
      const entity = apiFrom(`url:${catalogInfoUrl}`, 'group:default/payments');
      await expect(register([entity], { input })).rejects.toThrow(
        'component:default/api is taken: it is owned by group:default/payments.',
      );
    });

    it.each([`url:${catalogInfoUrl}`, 'url:https://git.example.com/other'])(
      'reveals of a hidden entity from %s only that the name is taken',
      async origin => {
        const entity = apiFrom(origin, 'group:default/payments');
        await expect(
          register([entity], { input, isHidden: true }),
        ).rejects.toThrow(
          /^component:default\/api is taken\. Choose another name, or ask an owner to run this\.$/,
        );
      },
    );
  });

  it('accepts the entity that a recovered task registered itself', async () => {
    const state = new FakeTaskState();
    const owned = [apiFrom(`url:${catalogInfoUrl}`, 'group:default/payments')];
    await register([], { state, takenIn: owned });
    state.recover();
    await expect(register(owned, { state })).resolves.toMatchObject({
      added: [],
      output: { registered: true },
    });
  });

  it('registers nothing when it should only check', async () => {
    await expect(
      register([], { input: { checkOnly: true } }),
    ).resolves.toMatchObject({
      added: [],
      output: { entityRef: 'component:default/api', registered: false },
    });
  });

  it('registers nothing in a dry run', async () => {
    await expect(register([], { isDryRun: true })).resolves.toMatchObject({
      added: [],
      output: { entityRef: 'component:default/api', registered: false },
    });
  });

  it('refuses an invalid entity ref', async () => {
    const action = createCatalogRegisterAction({
      catalog: catalogServiceMock(),
      ownership: EntityOwnership.create({
        auth: mockServices.auth(),
        catalog: catalogServiceMock(),
        userInfo: mockServices.userInfo(),
      }),
    });
    await expect(
      action.handler(
        createMockActionContext({
          input: { catalogInfoUrl, entityRef: 'api' },
        }),
      ),
    ).rejects.toThrow('is not an entity ref');
  });
});
