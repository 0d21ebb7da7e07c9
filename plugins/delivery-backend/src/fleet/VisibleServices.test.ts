import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { saveServices } from '../store/operations/services';
import { VisibleServices } from './VisibleServices';

const databases = createTestDatabases();
const AT = '2026-11-23T04:00:00.000Z';
const ADA = { credentials: mockCredentials.user('user:default/ada') };
const BOB = { credentials: mockCredentials.user('user:default/bob') };

function toEntity(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
  };
}

describe('VisibleServices', () => {
  async function setUp(
    options: {
      /** What the catalog shows to whom. */
      shownTo?: Record<string, string[]>;
      decision?: AuthorizeResult.ALLOW | AuthorizeResult.DENY | 'conditional';
      authorizationMs?: number;
    } = {},
  ) {
    const { shownTo = {}, decision = 'conditional' } = options;
    const database = await createDatabase(databases, 'SQLITE_3');
    const save = (...names: string[]) =>
      saveServices(
        database.knex,
        names.map(name => ({
          entityRef: `component:default/${name}`,
          kind: 'Component',
          namespace: 'default',
          name,
          claim: {
            claimant: { ref: `component:default/${name}`, owners: [] },
            locator: { problems: [] },
          },
        })),
        AT,
      );
    const catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async ({ entityRefs }, caller) => {
        const principal = JSON.stringify(caller);
        const [, names = []] =
          Object.entries(shownTo).find(([user]) => principal.includes(user)) ??
          [];
        return {
          items: entityRefs.map(ref => {
            const name = ref.replace('component:default/', '');
            return names.includes(name) ? toEntity(name) : undefined;
          }),
        };
      },
    });
    let now = 1;
    const clock = { now: () => now };
    const services = VisibleServices.create({
      database,
      catalog,
      permissions: mockServices.permissions.mock({
        authorizeConditional: async () => [
          decision === 'conditional'
            ? {
                result: AuthorizeResult.CONDITIONAL,
                pluginId: 'catalog',
                resourceType: 'catalog-entity',
                conditions: {
                  rule: 'IS_ENTITY_OWNER',
                  resourceType: 'catalog-entity',
                  params: {},
                },
              }
            : { result: decision },
        ],
      }),
      authorizationMs: options.authorizationMs ?? 0,
      clock,
    });
    const namesFor = async (caller: typeof ADA) =>
      (await services.of(caller)).refs.map(ref =>
        ref.replace('component:default/', ''),
      );
    return {
      save,
      catalog,
      services,
      namesFor,
      pass: (milliseconds: number) => {
        now += milliseconds;
      },
    };
  }

  it('are those that the catalog shows to the caller', async () => {
    const { save, namesFor } = await setUp({
      shownTo: { ada: ['api', 'web', 'unrelated'], bob: ['api'] },
    });
    await save('web', 'api', 'secret');
    expect(await namesFor(ADA)).toEqual(['api', 'web']);
    expect(await namesFor(BOB)).toEqual(['api']);
    expect(
      await namesFor({ credentials: mockCredentials.user('user:default/eve') }),
    ).toEqual([]);
  });

  it.each<[AuthorizeResult.ALLOW | AuthorizeResult.DENY, string[]]>([
    [AuthorizeResult.ALLOW, ['api', 'web']],
    [AuthorizeResult.DENY, []],
  ])('don’t trouble the catalog after %s', async (decision, expected) => {
    const { save, namesFor, catalog } = await setUp({ decision });
    await save('web', 'api');
    expect(await namesFor(ADA)).toEqual(expected);
    expect(catalog.getEntitiesByRefs).not.toHaveBeenCalled();
  });

  it('are asked for in parts that fit into a request', async () => {
    const names = Array.from({ length: 1100 }, (_, index) => `s-${index}`);
    const { save, namesFor, catalog } = await setUp({
      shownTo: { ada: names },
    });
    await save(...names);
    expect(await namesFor(ADA)).toHaveLength(1100);
    expect(
      catalog.getEntitiesByRefs.mock.calls.map(
        ([{ entityRefs }]) => entityRefs.length,
      ),
    ).toEqual([500, 500, 100]);
  });

  it('hide a service that appears until the caller is asked about it', async () => {
    const { save, services, namesFor, pass } = await setUp({
      decision: AuthorizeResult.ALLOW,
      authorizationMs: 5000,
    });
    await save('api');
    const before = await services.of(ADA);
    expect(before.allOfVersion).toBeDefined();
    await save('later');
    const kept = await services.of(ADA);
    expect(kept).toBe(before);
    expect(kept.refs).toEqual(['component:default/api']);
    pass(5001);
    expect(await namesFor(ADA)).toEqual(['api', 'later']);
  });

  it('have the same fingerprint for callers who see the same', async () => {
    const { save, services } = await setUp({
      shownTo: { ada: ['api'], bob: ['api'], eve: [] },
    });
    await save('web', 'api');
    const ada = await services.of(ADA);
    const bob = await services.of(BOB);
    expect(bob.fingerprint).toBe(ada.fingerprint);
    expect(bob.refs).toBe(ada.refs);
    expect(ada.allOfVersion).toBeUndefined();
  });
});
