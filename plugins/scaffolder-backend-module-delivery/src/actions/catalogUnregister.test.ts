import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { apiFrom, registeredCatalog } from '../__testUtils__/registeredCatalog';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createCatalogUnregisterAction } from './catalogUnregister';

const TEAM = 'group:default/shop-team';
const FILE = 'url:https://git.example.com/shop/api/catalog-info.yaml';

async function unregister(
  entities: Entity[],
  options: {
    registered?: string[];
    isDryRun?: boolean;
    state?: FakeTaskState;
  } = {},
) {
  const { registered = [FILE], isDryRun } = options;
  const { state = new FakeTaskState() } = options;
  const { catalog, ownership, removed } = registeredCatalog(entities, {
    registered,
    callerOwns: TEAM,
  });
  const ctx = {
    ...createMockActionContext({ input: { entityRef: 'component:api' } }),
    getInitiatorCredentials: async () => mockCredentials.user(),
    checkpoint: state.checkpoint,
    isDryRun,
  };
  await createCatalogUnregisterAction({ catalog, ownership }).handler(ctx);
  return {
    removed: removed(),
    output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
  };
}

describe('delivery:catalog:unregister', () => {
  it('removes the location of the entity', async () => {
    await expect(
      unregister([apiFrom(FILE, TEAM)], { registered: ['url:x', FILE] }),
    ).resolves.toEqual({ removed: ['1'], output: { unregistered: true } });
  });

  it.each<[string, Entity[], string[], string]>([
    [
      'a provider found it',
      [apiFrom('file:/org.yaml', TEAM)],
      [FILE],
      'remove it where file:/org.yaml has it',
    ],
    [
      'its location has other entities',
      [
        apiFrom(FILE, TEAM),
        {
          ...apiFrom(FILE),
          kind: 'API',
        },
      ],
      [FILE],
      'also has other entities',
    ],
  ])('keeps it if %s', async (_, entities, registered, message) => {
    await expect(unregister(entities, { registered })).resolves.toEqual({
      removed: [],
      output: { unregistered: false, kept: expect.stringContaining(message) },
    });
  });

  it('has nothing to do if the catalog doesn’t have it', async () => {
    await expect(unregister([])).resolves.toEqual({
      removed: [],
      output: { unregistered: false },
    });
  });

  it('refuses an entity of another team', async () => {
    await expect(
      unregister([apiFrom(FILE, 'group:default/pay-team')]),
    ).rejects.toThrow('owned by group:default/pay-team');
  });

  it('removes nothing in a dry run', async () => {
    await expect(
      unregister([apiFrom(FILE, TEAM)], { isDryRun: true }),
    ).resolves.toEqual({ removed: [], output: { unregistered: false } });
  });

  it('reports the same in a recovered task', async () => {
    const state = new FakeTaskState();
    await unregister([apiFrom(FILE, TEAM)], { state });
    state.recover();
    await expect(unregister([], { state })).resolves.toEqual({
      removed: [],
      output: { unregistered: true },
    });
  });
});
