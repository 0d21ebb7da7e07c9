import {
  type ApplicationFleetState,
  FLEET_STATES,
  type FleetSort,
} from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { applicationKey } from '../applicationKey';
import { deleteSummaries, saveSummaries } from './applicationSummaries';
import {
  countFleet,
  type FleetPosition,
  readFleetApplications,
  readFleetFacets,
  readFleetPage,
} from './fleet';
import type { FleetFilter } from './fleetFilter';
import { insertRows } from './insertRows';
import { replaceServicesOfApplications } from './serviceApplications';
import { saveServices } from './services';

const databases = createTestDatabases();
const AT = '2026-11-23T04:00:00.000Z';
const ALL: FleetFilter = { instances: ['main', 'edge'], unreachable: [] };

interface TestApplication {
  service: string;
  environment?: string;
  cluster?: string;
  instance?: string;
  states?: ApplicationFleetState[];
  severity?: number;
  deployedAt?: string;
}

interface TestService {
  name: string;
  title?: string;
  owner?: string;
  system?: string;
}

async function fill(
  knex: Knex,
  services: TestService[],
  applications: TestApplication[],
): Promise<void> {
  await saveServices(
    knex,
    services.map(({ name, ...rest }) => ({
      entityRef: `component:default/${name}`,
      kind: 'Component',
      namespace: 'default',
      name,
      claim: {
        claimant: { ref: `component:default/${name}`, owners: [] },
        locator: { problems: [] },
      },
      ...rest,
    })),
    AT,
  );
  const rows = applications.map(
    ({ service, instance = 'main', ...rest }, index) => {
      const ref = { instance, namespace: 'argocd', name: `a-${index}` };
      return { service, ref, key: applicationKey(ref), ...rest };
    },
  );
  await insertRows(
    knex,
    'applications',
    rows.map(({ key, ref }) => ({
      key,
      ...ref,
      memory: '',
      automated_sync: 0,
    })),
  );
  await saveSummaries(
    knex,
    rows.map(({ key, ref, environment = 'dev', cluster = 'one', ...rest }) => ({
      applicationKey: key,
      summary: {
        environment,
        cluster,
        severity: rest.severity ?? 0,
        shown: {
          key,
          application: ref,
          environment,
          states: rest.states ?? [],
          running: ['1.0.0'],
          health: 'Healthy',
          sync: 'Synced',
          ...(rest.deployedAt && { deployedAt: rest.deployedAt }),
        },
      },
    })),
  );
  await replaceServicesOfApplications(
    knex,
    rows.map(({ key, service }) => ({
      applicationKey: key,
      entityRefs: [`component:default/${service}`],
    })),
  );
}

async function namesOf(
  knex: Knex,
  filter: Partial<FleetFilter>,
  options: Partial<Parameters<typeof readFleetPage>[2]> = {},
): Promise<string[]> {
  const { services } = await readFleetPage(
    knex,
    { ...ALL, ...filter },
    { sort: 'name', limit: 100, ...options },
  );
  return services.map(({ name }) => name);
}

describe.each(databases.eachSupportedId())('the fleet on %s', id => {
  async function setUp() {
    const { knex } = await createDatabase(databases, id);
    await fill(
      knex,
      [
        {
          name: 'api',
          owner: 'group:default/shop',
          system: 'system:default/x',
        },
        { name: 'Web', title: 'An 100%_online shop', owner: 'group:default/a' },
        { name: 'idle', owner: 'group:default/shop' },
        { name: 'zoo' },
      ],
      [
        {
          service: 'api',
          environment: 'dev',
          states: ['updating'],
          severity: 4,
          deployedAt: '2026-11-02T00:00:00Z',
        },
        {
          service: 'api',
          environment: 'prod',
          cluster: 'two',
          instance: 'edge',
          states: ['stuck', 'degraded'],
          severity: 7,
        },
        {
          service: 'Web',
          environment: 'dev',
          states: ['degraded'],
          severity: 6,
          deployedAt: '2026-11-03T00:00:00Z',
        },
        {
          service: 'Web',
          environment: 'dev',
          states: ['degraded'],
          severity: 6,
        },
        {
          service: 'zoo',
          instance: 'unconfigured',
          states: ['stuck'],
          severity: 7,
        },
      ],
    );
    return knex;
  }

  it.each<[string, Partial<FleetFilter>, string[]]>([
    ['everything', {}, ['Web', 'api', 'idle', 'zoo']],
    [
      'what the caller may see',
      { visible: ['component:default/api'] },
      ['api'],
    ],
    ['nothing', { visible: [] }, []],
    ['a name in any case', { search: 'wEb' }, ['Web']],
    ['a title', { search: 'shop' }, ['Web']],
    ['a percent sign literally', { search: '100%' }, ['Web']],
    ['no wildcard', { search: 'a%i' }, []],
    ['an underscore literally', { search: '_' }, ['Web']],
    ['an exclamation mark', { search: '!' }, []],
    ['an owner', { owner: 'group:default/shop' }, ['api', 'idle']],
    ['a system', { system: 'system:default/x' }, ['api']],
    ['an environment', { environment: 'dev' }, ['Web', 'api']],
    ['a cluster', { cluster: 'two' }, ['api']],
    ['an instance', { instance: 'edge' }, ['api']],
    ['an instance that is not configured', { instance: 'unconfigured' }, []],
    [
      'conditions of one application',
      { environment: 'dev', cluster: 'two' },
      [],
    ],
    ['SQL', { search: "'; drop table services; --" }, []],
  ])('finds services by %s', async (_, filter, expected) => {
    const knex = await setUp();
    expect((await namesOf(knex, filter)).sort()).toEqual(expected);
    expect((await countFleet(knex, { ...ALL, ...filter })).total).toBe(
      expected.length,
    );
  });

  it('counts services, not applications, and respects the filter', async () => {
    const knex = await setUp();
    const none = {
      stuck: 0,
      degraded: 0,
      'out-of-sync': 0,
      updating: 0,
      'update-available': 0,
      stale: 0,
      held: 0,
    };
    expect(await countFleet(knex, { ...ALL, unreachable: ['edge'] })).toEqual({
      ...none,
      total: 4,
      stuck: 1,
      degraded: 2,
      updating: 1,
      stale: 1,
    });
    expect(await countFleet(knex, { ...ALL, environment: 'dev' })).toEqual({
      ...none,
      total: 2,
      degraded: 1,
      updating: 1,
    });
    expect(await countFleet(knex, { ...ALL, visible: [] })).toEqual({
      ...none,
      total: 0,
    });
  });

  it.each<[FleetSort, string[]]>([
    ['name', ['Web', 'api', 'idle', 'zoo']],
    ['urgency', ['api', 'Web', 'idle', 'zoo']],
    ['deployed', ['Web', 'api', 'idle', 'zoo']],
    ['owner', ['zoo', 'Web', 'api', 'idle']],
  ])('sorts by %s', async (sort, expected) => {
    expect(await namesOf(await setUp(), {}, { sort })).toEqual(expected);
  });

  it('has the applications of a service, the most urgent first', async () => {
    const knex = await setUp();
    const entityRefs = ['api', 'idle', 'zoo'].map(
      name => `component:default/${name}`,
    );
    const read = async (filter: Partial<FleetFilter>, limit: number) => {
      const found = await readFleetApplications(
        knex,
        { ...ALL, ...filter },
        { entityRefs, limit },
      );
      return [...found].map(([ref, all]) => [
        ref,
        all.map(({ environment }) => environment),
      ]);
    };
    expect(await read({}, 10)).toEqual([
      ['component:default/api', ['prod', 'dev']],
    ]);
    expect(await read({}, 1)).toEqual([['component:default/api', ['prod']]]);
    expect(await read({ environment: 'dev' }, 10)).toEqual([
      ['component:default/api', ['dev']],
    ]);
  });

  it('offers the values that the caller can filter by', async () => {
    const knex = await setUp();
    expect(await readFleetFacets(knex, ALL)).toEqual({
      owners: ['group:default/a', 'group:default/shop'],
      systems: ['system:default/x'],
      environments: ['dev', 'prod'],
      clusters: ['one', 'two'],
    });
    expect(
      await readFleetFacets(knex, {
        ...ALL,
        visible: ['component:default/Web'],
      }),
    ).toEqual({
      owners: ['group:default/a'],
      systems: [],
      environments: ['dev'],
      clusters: ['one'],
    });
  });

  it('no longer shows an application whose summary is deleted', async () => {
    const knex = await setUp();
    const keys: string[] = await knex('application_summaries').pluck(
      'application_key',
    );
    expect(await deleteSummaries(knex, keys)).toBe(true);
    expect(await deleteSummaries(knex, keys)).toBe(false);
    expect((await countFleet(knex, ALL)).degraded).toBe(0);
  });

  it('returns each service on exactly one page, in any order and with any filter', async () => {
    const { knex } = await createDatabase(databases, id);
    const states = FLEET_STATES.filter(
      (state): state is ApplicationFleetState => state !== 'stale',
    );
    const services = Array.from({ length: 40 }, (_, index) => ({
      name: `s-${index}`,
      // Many are equal in what they are sorted by first.
      title: `Title ${index % 3}`,
      ...(index % 4 > 0 && { owner: `group:default/g${index % 4}` }),
    }));
    await fill(
      knex,
      services,
      services.flatMap(({ name }, index) =>
        Array.from({ length: index % 4 }, (_, place) => ({
          service: name,
          environment: `e${place}`,
          states: [states[(index + place) % states.length]],
          severity: (index + place) % 3,
          ...(index % 2 > 0 && {
            deployedAt: `2026-11-0${1 + (index % 5)}T00:00:00Z`,
          }),
        })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<FleetSort>('name', 'owner', 'urgency', 'deployed'),
        fc.option(fc.constantFrom(...states), { nil: undefined }),
        fc.option(fc.constantFrom('e0', 'e2'), { nil: undefined }),
        fc.integer({ min: 1, max: 17 }),
        async (sort, state, environment, limit) => {
          const filter = { ...ALL, environment };
          const seen: string[] = [];
          let after: FleetPosition | undefined;
          do {
            const page = await readFleetPage(knex, filter, {
              sort,
              state,
              limit,
              after,
            });
            expect(page.services.length).toBeLessThanOrEqual(limit);
            seen.push(...page.services.map(({ name }) => name));
            after = page.next;
          } while (after);
          const whole = await namesOf(knex, filter, { sort, state });
          expect(seen).toEqual(whole);
          const counts = await countFleet(knex, filter);
          expect(whole).toHaveLength(state ? counts[state] : counts.total);
        },
      ),
      { numRuns: 15 },
    );
  });
});
