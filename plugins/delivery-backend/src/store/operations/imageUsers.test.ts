import type { Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { applicationKey } from '../applicationKey';
import { saveSummaries } from './applicationSummaries';
import type { FleetFilter } from './fleetFilter';
import {
  findRepositoriesNamed,
  readImageUsers,
  readRunningImages,
} from './imageUsers';
import { insertRows } from './insertRows';
import { replaceRepositories } from './saveApplications';
import { replaceServicesOfApplications } from './serviceApplications';
import { saveServices } from './services';

const AT = '2026-11-23T04:00:00.000Z';
const ALL: FleetFilter = { instances: ['main'], unreachable: [] };
const SHOP = 'registry.example.com/shop/api';

interface TestApplication {
  name: string;
  services: string[];
  repositories: string[];
  images?: string[];
  environment?: string;
  instance?: string;
  isGone?: boolean;
}

const APPLICATIONS: TestApplication[] = [
  {
    name: 'api-dev',
    services: ['api', 'platform'],
    repositories: [SHOP, 'quay.io/envoy'],
    images: [`${SHOP}:1.0.0`, 'quay.io/envoy:2'],
  },
  {
    name: 'api-prod',
    services: ['api'],
    repositories: [SHOP],
    images: [`${SHOP}:0.9.0`],
    environment: 'prod',
  },
  {
    name: 'web',
    services: ['web'],
    repositories: ['other.example.com/shop/api'],
  },
  { name: 'old', services: ['api'], repositories: [SHOP], isGone: true },
  { name: 'far', services: ['api'], repositories: [SHOP], instance: 'edge' },
  { name: 'odd', services: ['web'], repositories: ['r.example.com/a%b_c'] },
];

const keyOf = ({ name, instance = 'main' }: TestApplication) =>
  applicationKey({ instance, namespace: 'argocd', name });

async function fill(knex: Knex): Promise<void> {
  await saveServices(
    knex,
    ['api', 'platform', 'web'].map(name => ({
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
  await insertRows(
    knex,
    'applications',
    APPLICATIONS.map(one => ({
      key: keyOf(one),
      instance: one.instance ?? 'main',
      namespace: 'argocd',
      name: one.name,
      memory: '',
      automated_sync: 0,
      state: JSON.stringify(one.images ? { images: one.images } : {}),
      gone_at: one.isGone ? AT : null,
    })),
  );
  await replaceRepositories(
    knex,
    APPLICATIONS.map(one => ({
      key: keyOf(one),
      repositories: one.repositories.map(repository => ({
        repository,
        needsBuilds: false,
      })),
    })),
  );
  await saveSummaries(
    knex,
    APPLICATIONS.map(({ environment = 'dev', ...one }) => ({
      applicationKey: keyOf({ environment, ...one }),
      summary: {
        environment,
        cluster: 'one',
        severity: 0,
        shown: {
          key: one.name,
          application: {
            instance: one.instance ?? 'main',
            namespace: 'argocd',
            name: one.name,
          },
          environment,
          states: [],
          running: [],
          health: 'Healthy',
          sync: 'Synced',
        },
      },
    })),
  );
  await replaceServicesOfApplications(
    knex,
    APPLICATIONS.map(one => ({
      applicationKey: keyOf(one),
      entityRefs: one.services.map(name => `component:default/${name}`),
    })),
  );
}

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('users of images on %s', id => {
  let knex: Knex;
  beforeAll(async () => {
    ({ knex } = await createDatabase(databases, id));
    await fill(knex);
  });

  const find = async (
    filter: Partial<FleetFilter>,
    ...repositories: string[]
  ) =>
    (await readImageUsers(knex, { ...ALL, ...filter }, repositories)).map(
      ({ summary, entityRefs }) =>
        `${summary.application.name}: ${entityRefs.join()}`,
    );

  it.each([
    ['a full name', SHOP, [SHOP]],
    ['a name after the host', 'shop/api', ['other.example.com/shop/api', SHOP]],
    ['a part of a name', 'op/api', []],
    ['a pattern', '%', []],
    ['signs of patterns literally', 'a%b_c', ['r.example.com/a%b_c']],
    ['other signs in their place', 'aXbXc', []],
    ['SQL', "'; drop table applications; --", []],
    ['a NUL', 'a\0b', []],
  ])('finds repositories by %s', async (_, name, expected) => {
    expect(await findRepositoriesNamed(knex, name)).toEqual(expected);
  });

  it('finds the applications that Argo CD has, with all their services', async () => {
    expect(await find({}, SHOP)).toEqual([
      'api-dev: component:default/api,component:default/platform',
      'api-prod: component:default/api',
    ]);
    expect(await find({})).toEqual([]);
  });

  it('finds only what the caller may see', async () => {
    expect(
      await find({ visible: ['component:default/platform'] }, SHOP),
    ).toEqual(['api-dev: component:default/platform']);
    expect(await find({ visible: [] }, SHOP)).toEqual([]);
  });

  it('finds only an environment', async () => {
    expect(await find({ environment: 'prod' }, SHOP)).toEqual([
      'api-prod: component:default/api',
    ]);
  });

  it('reads what runs', async () => {
    const [dev, prod, web] = APPLICATIONS.map(keyOf);
    expect(await readRunningImages(knex, [dev, prod, web])).toEqual(
      new Map([
        [dev, [`${SHOP}:1.0.0`, 'quay.io/envoy:2']],
        [prod, [`${SHOP}:0.9.0`]],
        [web, []],
      ]),
    );
  });
});
