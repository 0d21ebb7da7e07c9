import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type Application,
  DEFAULT_ACCESS_RULES,
  ENTITY_REF_MARK,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { ConfigRepositoryEditor } from '@landfall/backstage-plugin-delivery-node';
import { join } from 'node:path';
import { ConfigHost } from '../../__testUtils__/ConfigHost';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { createTracker, observe } from '../../__testUtils__/trackers';
import { applicationKey } from '../../store/applicationKey';
import { readActions } from '../../store/operations/actions';
import { findApplications } from '../../store/operations/readApplications';
import { ActionLog } from '../actions/ActionLog';
import { actionKeyOf } from '../actions/actionKey';
import { Approvals } from '../actions/Approvals';
import { Callers } from '../actions/Callers';
import { SeenEntities } from '../SeenEntities';
import { ChangeFollower } from './ChangeFollower';
import { GitCarrier } from './GitCarrier';
import { StoreVersionChangeService } from './StoreVersionChangeService';

const REPOSITORY = 'registry.example.com/shop/api';
const VALUES = `image:\n  repository: ${REPOSITORY}\n  tag: "1.4.2" # live\n`;
const REF = { instance: 'main', namespace: 'argocd', name: 'api' };
const KEY = 'key-of-the-first-request';
const databases = createTestDatabases();

function entity(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'argocd/app-name': 'api' },
    },
  };
}

describe.each(databases.eachSupportedId())('version changes on %s', id => {
  const mockDir = createMockDirectory();
  let host: ConfigHost;
  let repositories = 0;

  beforeAll(async () => {
    host = await ConfigHost.start(join(mockDir.path, 'repos'));
  });
  afterAll(() => host.stop());
  beforeEach(() => {
    host.pulls.length = 0;
    host.isDown = false;
  });

  async function setUp(options: { approvers?: string[] } = {}) {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    repositories += 1;
    const name = `deploy-${repositories}`;
    await host.git.commit(name, { 'apps/api/values.yaml': VALUES });
    const repoUrl = host.git.repositoryUrl(name);
    const put = (images: string[]) =>
      observe(tracker, {
        kind: 'application-observed',
        application: applicationOf(repoUrl, images),
        seenAt: new Date().toISOString(),
      });
    await put([`${REPOSITORY}:1.4.2`]);
    const logger = mockServices.logger.mock();
    const editor = ConfigRepositoryEditor.fromConfig({
      config: mockServices.rootConfig({
        data: { integrations: { gitea: [host.integration] } },
      }),
      logger,
    });
    const log = new ActionLog({ database, signalsAdded: () => {} });
    const carrier = new GitCarrier({ database, editor, log });
    const service = StoreVersionChangeService.create({
      database,
      instanceNames: ['main'],
      accessRules: DEFAULT_ACCESS_RULES,
      argocdNamespaces: new Map(),
      environments: [],
      entities: SeenEntities.create({
        catalog: catalogServiceMock({
          entities: [entity('api'), entity('thief')],
        }),
      }),
      callers: new Callers(mockServices.auth()),
      approvals: new Approvals(
        options.approvers
          ? [{ environment: 'shop', approvers: options.approvers }]
          : [],
        mockServices.userInfo(),
      ),
      log,
      editor,
      carrier,
    });
    const follower = new ChangeFollower({ database, editor, logger });
    const stored = async () => {
      const [found] = await findApplications(database.knex, {
        keys: [applicationKey(REF)],
      });
      return found.application;
    };
    const start = async (
      changes: Partial<VersionChangeRequest> = {},
      { entityRef = 'component:default/api', key = KEY, tag = '1.4.3' } = {},
    ) =>
      service.start(
        {
          action: 'promote',
          items: [
            {
              entityRef,
              application: REF,
              expected: { actionKey: actionKeyOf(await stored()) },
              repository: REPOSITORY,
              tag,
            },
          ],
          ...changes,
        },
        {
          credentials: mockCredentials.user('user:default/jo'),
          idempotencyKey: key,
        },
      );
    const follow = async (actionId: string) => {
      const [action] = await readActions(database.knex, [actionId]);
      const { record } = await follower.settle(
        action,
        await stored(),
        new AbortController().signal,
      );
      await log.change({ record, from: ['accepted'] });
      return record;
    };
    /** As `decideAction` does. */
    const approve = async (actionId: string) => {
      const [action] = await readActions(database.knex, [actionId]);
      const record = { ...action.record, state: 'requested' as const };
      await log.change({ record, from: ['waiting'] });
      return carrier.carryOut({ ...action, record });
    };
    const show = (ref: string) =>
      host.git.git(name, 'show', `${ref}:apps/api/values.yaml`);
    return { database, put, start, follow, approve, show, name, stored };
  }

  function applicationOf(repoUrl: string, images: string[]): Application {
    return {
      ref: REF,
      uid: 'api',
      project: 'default',
      labels: {},
      annotations: { [ENTITY_REF_MARK]: 'component:default/api' },
      destination: { namespace: 'shop' },
      sources: [{ repoUrl, path: 'apps/api', targetRevision: 'main' }],
      automatedSync: true,
      sync: { status: 'Synced', revisions: [] },
      health: { status: 'Healthy' },
      images,
      externalUrls: [],
      history: [],
      conditions: [],
      resources: { total: 0, outOfSync: 0, unwell: [] },
    };
  }

  it('go by a merge request to a live version', async () => {
    const { start, follow, show, put } = await setUp();
    const { items } = await start({ reason: 'It is time' });
    expect(items).toEqual([
      expect.objectContaining({
        action: 'promote',
        state: 'accepted',
        user: 'user:default/jo',
        reason: 'It is time',
        version: { repository: REPOSITORY, tag: '1.4.3', from: '1.4.2' },
        change: {
          kind: 'request',
          url: 'https://git.example.com/shop/deploy/pulls/1',
          requestState: 'open',
        },
      }),
    ]);
    const [pull] = host.pulls;
    expect(pull).toMatchObject({
      title: 'chore: promote api to 1.4.3',
      base: 'main',
    });
    expect(pull.body).toContain('`1.4.2` → `1.4.3`');
    expect(await show('main')).toBe(VALUES);
    expect(await show(pull.head)).toBe(VALUES.replace('1.4.2', '1.4.3'));

    const [{ id: actionId }] = items;
    expect((await follow(actionId)).state).toBe('accepted');
    Object.assign(pull, { state: 'closed', merged: true });
    expect(await follow(actionId)).toMatchObject({
      state: 'accepted',
      change: { requestState: 'merged' },
    });
    await put([`${REPOSITORY}:1.4.3`]);
    expect(await follow(actionId)).toMatchObject({ state: 'succeeded' });
  });

  it('fail if the request is closed', async () => {
    const { start, follow } = await setUp();
    const { items } = await start();
    host.pulls[0].state = 'closed';
    expect(await follow(items[0].id)).toMatchObject({
      state: 'failed',
      change: { requestState: 'closed' },
    });
  });

  it('go by a commit', async () => {
    const { start, show, name } = await setUp();
    const { items } = await start({ via: 'commit' });
    expect(items[0]).toMatchObject({
      state: 'accepted',
      change: { kind: 'commit', url: expect.stringContaining('/commit/') },
    });
    expect(await show('main')).toBe(VALUES.replace('1.4.2', '1.4.3'));
    expect(
      await host.git.git(name, 'log', '-1', '--format=%an %s', 'main'),
    ).toBe('Landfall chore: promote api to 1.4.3\n');
    expect(host.pulls).toEqual([]);
  });

  it('are made once, however often they are sent', async () => {
    const { start } = await setUp();
    const [first, second] = await Promise.all([start(), start()]);
    const third = await start();
    expect(second.items[0].id).toBe(first.items[0].id);
    expect(third.items[0].id).toBe(first.items[0].id);
    expect(host.pulls).toHaveLength(1);
    await expect(start({}, { tag: '1.4.4' })).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('are refused for another entity’s application', async () => {
    const { start } = await setUp();
    await expect(
      start({}, { entityRef: 'component:default/thief' }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      start({}, { entityRef: 'component:default/missing' }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(host.pulls).toEqual([]);
  });

  it('are refused if the application has changed', async () => {
    const { start, stored } = await setUp();
    const application = await stored();
    const item = {
      entityRef: 'component:default/api',
      application: REF,
      expected: { actionKey: `${actionKeyOf(application)}x` },
      repository: REPOSITORY,
      tag: '1.4.3',
    };
    await expect(start({ items: [item] })).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it.each([
    ['another repository', { repository: 'registry.example.com/shop/web' }],
    ['no tag', { tag: undefined }],
  ])('are refused with %s', async (_, changes) => {
    const { start, stored, database } = await setUp();
    const item = {
      entityRef: 'component:default/api',
      application: REF,
      expected: { actionKey: actionKeyOf(await stored()) },
      repository: REPOSITORY,
      tag: '1.4.3',
      ...changes,
    };
    await expect(start({ items: [item] })).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(await database.knex('actions').select()).toEqual([]);
  });

  it('wait for approval where that is needed', async () => {
    const { start, show, approve } = await setUp({
      approvers: ['group:default/ops'],
    });
    const { items } = await start({ via: 'commit' });
    // The environment of an application without rules is its namespace.
    expect(items[0]).toMatchObject({ environment: 'shop', state: 'waiting' });
    expect(await show('main')).toBe(VALUES);
    await expect(
      start({ via: 'commit' }, { key: 'key-of-another-request' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });

    expect(await approve(items[0].id)).toMatchObject({ state: 'accepted' });
    expect(await show('main')).toContain('1.4.3');
  });

  it('are unknown if the host does not answer, and failed if it refuses', async () => {
    const { start, database } = await setUp();
    host.isDown = true;
    const { items } = await start();
    expect(items[0]).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('returned status 503'),
    });
    expect(await database.knex('actions').select('state')).toEqual([
      { state: 'unknown' },
    ]);
  });
});
