import {
  createMockDirectory,
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import express from 'express';
import { join } from 'node:path';
import request from 'supertest';
import { createApplicationService } from '../__testUtils__/applicationService';
import { ConfigHost } from '../__testUtils__/ConfigHost';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import {
  REF,
  REPOSITORY,
  startVersionChanges,
} from '../__testUtils__/versionChanges';
import { actionKeyOf } from '../service/actions/actionKey';
import { EntityRepositories } from '../service/EntityRepositories';
import { Links } from '../service/links';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
import { createRouter } from './createRouter';

const ENTITY = '/v1/entities/component/default/api';
const ACTIONS = `${ENTITY}/applications/main/argocd/api/actions`;
const CHANGES = '/v1/version-changes';
const ANN = 'user:default/ann';

const databases = createTestDatabases();

// A response that openapi.yaml doesn't describe is answered by 500.
describe('the responses of what changes something', () => {
  const mockDir = createMockDirectory();
  let host: ConfigHost;

  beforeAll(async () => {
    host = await ConfigHost.start(join(mockDir.path, 'repos'));
  });
  afterAll(() => host.stop());

  async function setUp(
    options: Parameters<typeof startVersionChanges>[2] = {},
  ) {
    const database = await createDatabase(databases, 'SQLITE_3');
    const started = await startVersionChanges(database, host, options);
    const shared = {
      ...started.shared,
      catalog: catalogServiceMock(),
      repositories: EntityRepositories.create({
        hosts: EcrHosts.create([]),
        accessRules: started.shared.accessRules,
        onUnknown: () => {},
      }),
      links: Links.create({
        frontendUrls: new Map(),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      }),
    };
    const app = express();
    app.use(
      express.json(),
      createRouter({
        httpAuth: mockServices.httpAuth(),
        service: StoreDeliveryService.create(shared),
        applications: createApplicationService(shared),
        actions: started.actions,
        versionChanges: started.service,
        validateResponses: true,
      }),
      mockErrorHandler(),
    );
    const expected = {
      actionKey: actionKeyOf({ application: await started.stored() }),
    };
    let keys = 0;
    return {
      get: (path: string) => request(app).get(path).expect(200),
      post: (path: string, body: object, user = 'user:default/jo') => {
        keys += 1;
        return request(app)
          .post(path)
          .set('Authorization', mockCredentials.user.header(user))
          .set('Idempotency-Key', `key-of-a-request-${keys}`)
          .send({ ...(path === ACTIONS && { expected }), ...body });
      },
      change: (changes: object = {}, tag = '1.4.3') => ({
        action: 'promote',
        items: [
          {
            entityRef: 'component:default/api',
            application: REF,
            expected,
            repository: REPOSITORY,
            ...(tag && { tag }),
          },
        ],
        ...changes,
      }),
    };
  }
  it('describe actions of Argo CD', async () => {
    const { get, post } = await setUp();
    const available = await get(ACTIONS);
    expect(available.body.items.length).toBeGreaterThan(5);
    const sync = await post(ACTIONS, {
      action: 'sync',
      prune: true,
      dryRun: true,
      reason: 'To see',
    });
    expect([sync.status, sync.body]).toMatchObject([
      200,
      { action: 'sync', state: 'failed', message: expect.any(String) },
    ]);
    const { body } = await get(`${ENTITY}/actions`);
    expect(body.items).toEqual([sync.body]);
  });

  it('describe previews and changes of versions', async () => {
    const { get, post, change } = await setUp({ isUpdated: true });
    const preview = await post(`${CHANGES}/preview`, change());
    expect([preview.status, preview.body.changes]).toMatchObject([
      200,
      [{ branch: 'main', files: [{ diff: expect.any(String) }] }],
    ]);
    const refused = await post(
      `${CHANGES}/preview`,
      change({ action: 'resume-updates' }, ''),
    );
    expect(refused.status).toBe(200);
    expect(refused.body.items[0].refusal).toMatchObject({
      code: expect.any(String),
    });
    const requested = await post(CHANGES, change({ reason: 'It is time' }));
    expect(requested.body.items).toMatchObject([
      { state: 'accepted', change: { kind: 'request', requestState: 'open' } },
    ]);
    const committed = await post(
      CHANGES,
      change({ action: 'revert', via: 'commit' }, '1.4.1'),
    );
    expect(committed.body.items).toMatchObject([
      { state: 'accepted', change: { kind: 'commit' } },
    ]);
    const page = await get(`${ENTITY}/actions?limit=1`);
    expect(page.body).toMatchObject({
      items: committed.body.items,
      nextCursor: expect.any(String),
    });
  });

  it('describe decisions on what waits', async () => {
    const { get, post, change } = await setUp({ approvers: [ANN] });
    const first = await post(CHANGES, change());
    const [{ id, state }] = first.body.items;
    expect(state).toBe('waiting');
    const { body: available } = await get(ACTIONS);
    expect(available.items).toContainEqual(
      expect.objectContaining({ action: 'sync', approvers: [ANN] }),
    );
    const decide = (decision: object) =>
      post(`${ENTITY}/actions/${id}/decision`, decision, ANN);
    const rejected = await decide({ approve: false, reason: 'Not today' });
    expect([rejected.status, rejected.body]).toMatchObject([
      200,
      { state: 'rejected', approver: ANN, message: 'Not today' },
    ]);
    expect((await decide({ approve: true })).status).toBe(409);
  });
});
