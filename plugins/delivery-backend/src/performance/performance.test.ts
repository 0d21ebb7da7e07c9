import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import {
  type Application,
  DEFAULT_ACCESS_RULES,
  type PerformanceResponse,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import express from 'express';
import request from 'supertest';
import { FLEET_KEY } from '../fleet/fleetKey';
import { createRouter } from '../router/createRouter';
import { EntityRepositories } from '../service/EntityRepositories';
import { Links } from '../service/links';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
import { toService } from '../sources/AnnotatedServices';
import { applicationKey } from '../store/applicationKey';
import { saveSummaries } from '../store/operations/applicationSummaries';
import { savePromotions } from '../store/operations/promotions';
import { readDueServices, saveServices } from '../store/operations/services';
import { replaceApplicationsOfService } from '../store/operations/serviceApplications';
import { createApplicationService } from '../__testUtils__/applicationService';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { observationsOf } from '../__testUtils__/observations';
import { promotionAt } from '../__testUtils__/promotions';
import { createTracker, observe } from '../__testUtils__/trackers';

const databases = createTestDatabases();
const SEEN_AT = '2026-11-01T00:00:00.000Z';
const MINUTE = 60_000;

function service(name: string, owner: string, system: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'argocd/app-name': `${name}-dev,${name}-prod` },
    },
    relations: [
      { type: 'ownedBy', targetRef: `group:default/${owner}` },
      { type: 'partOf', targetRef: `system:default/${system}` },
    ],
  };
}

const API = service('api', 'shop', 'store');
const WEB = service('web', 'design', 'store');
/** The catalog shows it to nobody. */
const SECRET = service('secret', 'shop', 'store');
const RAPID: Entity = {
  ...API,
  metadata: {
    ...API.metadata,
    name: 'rapid',
    annotations: { 'argocd/app-name': 'rapid' },
  },
};
const MISSPELT: Entity = {
  ...API,
  metadata: {
    ...API.metadata,
    name: 'misspelt',
    annotations: { 'argocd/app-selector': 'team=a b,,' },
  },
};

const ENVIRONMENTS = ['dev', 'prod'];

/** A version that was pushed, committed, synced and Healthy at some minutes. */
function deployment(
  day: string,
  [pushed, committed, synced, healthy]: number[],
): Partial<Promotion> {
  const at = (minutes: number) => ({
    at: new Date(
      Date.parse(`${day}T12:00:00Z`) + minutes * MINUTE,
    ).toISOString(),
    basis: 'reported' as const,
  });
  return {
    stages: {
      pushed: at(pushed),
      committed: at(committed),
      synced: at(synced),
      healthy: at(healthy),
    },
    outcome: 'superseded',
    outcomeAt: at(500),
  };
}

describe.each(databases.eachSupportedId())('performance on %s', id => {
  async function setUp() {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const observations = await observationsOf('superseded');
    const template = observations.find(
      one => one.kind === 'application-observed',
    );
    if (template?.kind !== 'application-observed') {
      throw new Error('The recording has no application');
    }
    const applicationOf = (name: string, environment: string): Application => ({
      ...template.application,
      uid: name,
      ref: { ...template.application.ref, name },
      labels: { environment },
      history: [],
      images: [],
      operation: undefined,
    });
    const rest = {
      catalog: catalogServiceMock({
        entities: [API, WEB, RAPID, MISSPELT],
      }),
      database,
      accessRules: DEFAULT_ACCESS_RULES,
      repositories: EntityRepositories.create({
        hosts: EcrHosts.create([]),
        accessRules: DEFAULT_ACCESS_RULES,
        onUnknown: () => {},
      }),
      environments: ENVIRONMENTS.map(name => ({ name })),
      instanceNames: ['main'],
      links: Links.create({
        frontendUrls: new Map(),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      }),
    };
    const app = express();
    app.use(
      createRouter({
        httpAuth: mockServices.httpAuth(),
        service: StoreDeliveryService.create(rest),
        applications: createApplicationService(rest),
        validateResponses: true,
      }),
    );
    app.use(mockErrorHandler());
    const get = (query: string) => request(app).get(`/v1/performance?${query}`);
    const read = async (query: string): Promise<PerformanceResponse> => {
      const { body } = await get(query).expect(200);
      return body;
    };

    /** Stores applications of services, with promotions into them. */
    const add = async (
      entity: Entity,
      promotions: Record<string, Partial<Promotion>[]>,
    ) => {
      const { name } = entity.metadata;
      for (const environment of ENVIRONMENTS) {
        const application = applicationOf(
          `${name}-${environment}`,
          environment,
        );
        const key = applicationKey(application.ref);
        await observe(tracker, {
          kind: 'application-observed',
          application,
          seenAt: SEEN_AT,
        });
        await savePromotions(
          database.knex,
          (promotions[environment] ?? []).map((each, index) => ({
            applicationKey: key,
            promotion: promotionAt(index, {
              ...each,
              id: `${key}-${index}`,
              application: application.ref,
            }),
            seenAt: SEEN_AT,
          })),
        );
      }
    };
    /** Puts services into the index of the fleet. */
    const index = async (...entities: Entity[]) => {
      await database.transaction(async tx => {
        await saveServices(tx, entities.flatMap(toService), SEEN_AT);
        const due = await readDueServices(tx, 100);
        for (const one of due) {
          const name = one.entityRef.split('/')[1];
          const keys = ENVIRONMENTS.map(environment =>
            applicationKey(applicationOf(`${name}-${environment}`, '').ref),
          );
          await replaceApplicationsOfService(tx, one, keys);
          await saveSummaries(
            tx,
            ENVIRONMENTS.map((environment, place) => ({
              applicationKey: keys[place],
              summary: {
                environment,
                cluster: '',
                severity: 0,
                shown: {
                  key: FLEET_KEY,
                  application: applicationOf(`${name}-${environment}`, '').ref,
                  environment,
                  states: [],
                  running: [],
                  health: 'Healthy',
                  sync: 'Synced',
                },
              },
            })),
          );
        }
      });
    };
    return { database, tracker, observations, get, read, add, index };
  }

  it('of an entity is that of its applications', async () => {
    const { add, read } = await setUp();
    await add(API, {
      dev: [
        deployment('2026-11-09', [0, 2, 3, 5]),
        deployment('2026-11-10', [0, 10, 12, 20]),
      ],
      prod: [
        deployment('2026-11-10', [0, 30, 31, 40]),
        // Of the period before.
        deployment('2026-11-02', [0, 1, 2, 3]),
      ],
    });
    await add(WEB, { prod: [deployment('2026-11-10', [0, 1, 2, 3])] });

    const answer = await read(
      'entity=component:default/api&from=2026-11-09&to=2026-11-15',
    );

    expect(answer).toMatchObject({
      from: '2026-11-09',
      to: '2026-11-15',
      interval: 'day',
      environments: ENVIRONMENTS,
      applications: 2,
      watchedSince: SEEN_AT,
      current: {
        deployments: 3,
        attempts: 3,
        failures: 0,
        leadTime: { count: 3, p50Ms: 20 * MINUTE, p90Ms: 40 * MINUTE },
        leadTimeStages: {
          count: 3,
          totalMs: {
            proposed: 0,
            committed: 42 * MINUTE,
            synced: 4 * MINUTE,
            healthy: 19 * MINUTE,
          },
        },
        restoreTime: { count: 0 },
        observed: 0,
        leftOut: {},
      },
      previous: { deployments: 1 },
    });
    expect(
      answer.buckets.map(({ from, figures }) => [from, figures.deployments]),
    ).toEqual([
      ['2026-11-09', 1],
      ['2026-11-10', 2],
      ['2026-11-11', 0],
      ['2026-11-12', 0],
      ['2026-11-13', 0],
      ['2026-11-14', 0],
      ['2026-11-15', 0],
    ]);
    const weeks = await read(
      'entity=component:default/api&from=2026-11-02&to=2026-11-15&interval=week&environment=prod',
    );
    expect(weeks.applications).toBe(1);
    expect(weeks.environments).toEqual(ENVIRONMENTS);
    expect(
      weeks.buckets.map(({ from, to, figures }) => [
        from,
        to,
        figures.deployments,
      ]),
    ).toEqual([
      ['2026-11-02', '2026-11-08', 1],
      ['2026-11-09', '2026-11-15', 1],
    ]);
  });

  it('is about the last four weeks by default', async () => {
    const { read } = await setUp();
    const answer = await read('entity=component:default/api');
    expect(answer.buckets).toHaveLength(28);
    expect(answer.to).toBe(new Date().toISOString().slice(0, 10));
    const until = await read('to=2026-11-28');
    expect(until.from).toBe('2026-11-01');
  });

  it('of an owner, a system or all is that of the services that one may see', async () => {
    const { add, index, read } = await setUp();
    const promotions = {
      prod: [deployment('2026-11-10', [0, 1, 2, 3])],
      dev: [deployment('2026-11-10', [0, 1, 2, 3])],
    };
    await add(API, promotions);
    await add(WEB, promotions);
    await add(SECRET, promotions);
    await index(API, WEB, SECRET);
    const count = async (query: string) => {
      const { applications, environments, current } = await read(
        `${query}&from=2026-11-09&to=2026-11-15`,
      );
      return [applications, current.deployments, environments];
    };
    expect(await count('')).toEqual([4, 4, ENVIRONMENTS]);
    expect(await count('owner=group:default/shop')).toEqual([
      2,
      2,
      ENVIRONMENTS,
    ]);
    expect(await count('owner=Group:default/Shop')).toEqual([
      2,
      2,
      ENVIRONMENTS,
    ]);
    expect(await count('system=system:default/store')).toEqual([
      4,
      4,
      ENVIRONMENTS,
    ]);
    expect(
      await count(
        'owner=group:default/design&system=system:default/store&environment=prod',
      ),
    ).toEqual([1, 1, ENVIRONMENTS]);
    expect(await count('owner=group:default/nobody')).toEqual([0, 0, []]);
    expect(await count('environment=moon')).toEqual([0, 0, ENVIRONMENTS]);
  });

  it('follows what Argo CD and the registry reported', async () => {
    const { tracker, observations, read } = await setUp();
    for (const observation of observations) {
      await observe(tracker, observation);
    }
    const first = observations[0];
    const day = 'seenAt' in first ? first.seenAt.slice(0, 10) : '';
    const query = `entity=component:default/rapid&from=${day}&to=${day}`;
    const { current } = await read(query);
    // See `recordings.test.ts` of the common library for what happened.
    expect(current).toMatchObject({
      deployments: expect.any(Number),
      leadTime: { p50Ms: expect.any(Number) },
    });
  });

  it('is answered again only when something changed', async () => {
    const { add, get, database } = await setUp();
    await add(API, { prod: [deployment('2026-11-10', [0, 1, 2, 3])] });
    const query = 'entity=component:default/api&from=2026-11-09&to=2026-11-15';
    const { headers } = await get(query).expect(200);
    expect(headers.etag).toMatch(/^"/);
    await get(query).set('If-None-Match', headers.etag).expect(304);

    const tracker = createTracker(database);
    const observations = await observationsOf('superseded');
    for (const observation of observations) {
      await observe(tracker, observation);
    }
    await get(query).set('If-None-Match', headers.etag).expect(304);
  });

  describe('asked by anybody', () => {
    let context: Awaited<ReturnType<typeof setUp>>;

    beforeAll(async () => {
      context = await setUp();
      await context.add(API, {
        prod: [deployment('2026-11-10', [0, 1, 2, 3])],
      });
      await context.index(API);
    });

    it.each([
      ['from=2026-11-15&to=2026-11-09', 'ends before it begins'],
      ['from=2020-01-01&to=2026-11-09', 'days. Ask for 366 at most'],
      ['from=2026-02-30', "'from' isn't a day"],
      ['to=2026-13-01', "'to' isn't a day"],
      ['to=0000-00-00', "'to' isn't a day"],
      ['from=yesterday', 'from'],
      ['from=2026-11-9', 'from'],
      ['from=2026-11-01T00:00:00Z', 'from'],
      ['from=2026-11-01&from=2026-11-02', 'from'],
      ['interval=hour', 'interval'],
      ['interval=', 'interval'],
      ['environment=%00', 'environment'],
      ['environment=', 'environment'],
      [`environment=${'a'.repeat(256)}`, 'environment'],
      ['entity=api', "'entity' isn't a full entity ref"],
      ['entity=:/', "'entity' isn't a full entity ref"],
      ['entity=component:default/', "'entity' isn't a full entity ref"],
      ['entity=%00', 'entity'],
      [`entity=component:default/${'a'.repeat(600)}`, 'entity'],
      ['entity=component:default/api&owner=group:default/shop', 'Ask either'],
      ['owner=%0a', 'owner'],
      ['unknown=1', 'unknown'],
      ['entity=component:default/misspelt', 'argocd/app-selector'],
    ])('answers 400 to %s', async (query, message) => {
      const { body } = await context.get(query).expect(400);
      expect(body.error.message).toContain(message);
    });

    it.each([
      'entity=component:default/secret',
      'entity=component:default/nothing',
      'entity=api:default/api',
    ])('answers 404 to %s', async query => {
      const { status } = await context.get(query);
      expect(status).toBe(404);
    });

    it.each([
      "owner=group:default/'; drop table promotions; --",
      'owner=%25',
      'system=__proto__',
      'environment=%25',
      "environment=' or 1=1 --",
      'from=0001-01-01&to=0001-01-02',
      'from=9999-12-01&to=9999-12-31',
    ])('finds nothing for %s', async query => {
      const { current } = await context.read(encodeURI(decodeURI(query)));
      expect(current.attempts).toBe(0);
    });
  });
});
