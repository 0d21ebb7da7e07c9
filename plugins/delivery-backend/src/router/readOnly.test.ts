import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DEFAULT_ACCESS_RULES } from '@landfall/backstage-plugin-delivery-common';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import express from 'express';
import createKnex, { type Knex } from 'knex';
import request from 'supertest';
import { createApplicationService } from '../__testUtils__/applicationService';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { observationsOf } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { EntityRepositories } from '../service/EntityRepositories';
import { Links } from '../service/links';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
import { DeliveryDatabase } from '../store/DeliveryDatabase';
import { createRouter } from './createRouter';

const databases = createTestDatabases();
const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'rapid',
    namespace: 'default',
    annotations: {
      'argocd/app-name': 'rapid',
      'aws.amazon.com/amazon-ecr-arn':
        'arn:aws:ecr:eu-west-1:123456789012:repository/shop/unknown',
      'aws.amazon.com/amazon-ecr-tags': 'team=shop',
    },
  },
};
const PATH = '/v1/entities/component/default/rapid';

/** Connections to the same database that refuse to write. */
async function readOnly(knex: Knex): Promise<Knex> {
  const { config } = knex.client;
  if (config.client !== 'pg') {
    // SQLite has only one connection.
    await knex.raw('PRAGMA query_only = ON');
    return knex;
  }
  const { rows } = await knex.raw('select current_database() as name');
  await knex.raw('alter database ?? set default_transaction_read_only = on', [
    rows[0].name,
  ]);
  return createKnex(config);
}

describe.each(databases.eachSupportedId())('GET requests on %s', id => {
  let reader: Knex;
  afterEach(() => reader.destroy());

  it('write nothing, even for references that were never seen', async () => {
    const writable = await createDatabase(databases, id);
    for (const observation of await observationsOf('superseded')) {
      await observe(createTracker(writable), observation);
    }
    reader = await readOnly(writable.knex);
    await expect(reader('leases').delete()).rejects.toHaveProperty(
      'code',
      expect.stringMatching(/^(SQLITE_READONLY|25006)$/),
    );
    const database = await DeliveryDatabase.create({
      database: {
        getClient: async () => reader,
        migrations: { skip: true },
      },
    });
    const requested: string[] = [];
    const shared = {
      catalog: catalogServiceMock({ entities: [ENTITY] }),
      database,
      accessRules: DEFAULT_ACCESS_RULES,
      repositories: EntityRepositories.create({
        hosts: EcrHosts.create([]),
        accessRules: DEFAULT_ACCESS_RULES,
        onUnknown: ref => requested.push(ref),
      }),
      environments: [],
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
        validateResponses: true,
        service: StoreDeliveryService.create(shared),
        applications: createApplicationService(shared),
      }),
    );
    app.use(mockErrorHandler());

    for (const path of [
      'overview',
      'deployments',
      'promotions',
      'images',
      'applications/main/argocd/rapid',
    ]) {
      await request(app).get(`${PATH}/${path}`).expect(200);
    }
    await request(app).get('/v1/instances').expect(200);
    // By the overview and by the images.
    expect(new Set(requested)).toEqual(new Set(['component:default/rapid']));
  });
});
