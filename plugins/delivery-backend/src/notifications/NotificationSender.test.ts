import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type AccessRules,
  DEFAULT_ACCESS_RULES,
} from '@landfall/backstage-plugin-delivery-common';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { observationsOf } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { holdLease } from '../__testUtils__/leases';
import { waitFor } from '@landfall/testing-kit';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { LeaderElection, leaseTimes } from '../leadership/LeaderElection';
import { addToNotificationOutbox } from '../store/operations/notificationOutbox';
import { isoIn } from '../store/time';
import { type DigestOptions, NotificationSender } from './NotificationSender';
import { OwningEntities } from './OwningEntities';

const databases = createTestDatabases();

function entity(name: string, annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
  };
}

const ENTITIES = [
  entity('Search', { 'argocd/app-name': 'search' }),
  entity('elsewhere', {
    'argocd/app-name': 'search',
    'argocd/instance-name': 'other',
  }),
  entity('misspelt', { 'argocd/app-selector': 'team=a b,,' }),
  entity('none', {}),
];

/** Observes the recording of an application with a new version that fails. */
async function observeFailure(database: DeliveryDatabase): Promise<void> {
  const tracker = createTracker(database);
  for (const observation of await observationsOf('fails-degraded')) {
    await observe(tracker, observation);
  }
}

describe.each(databases.eachSupportedId())('notifications on %s', id => {
  const logger = mockServices.logger.mock();
  const stops: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const stop of stops.splice(0)) {
      await stop();
    }
  });

  async function setUp(
    entities: Entity[] = [],
    rules: Partial<AccessRules> = {},
  ) {
    const database = await createDatabase(databases, id);
    await observeFailure(database);
    const [name] = await database.knex('applications').pluck('name');
    const sent: NotificationSendOptions[] = [];
    const state = { failure: undefined as Error | undefined };
    const create = (digest?: DigestOptions) =>
      NotificationSender.create({
        database,
        digest,
        logger,
        environments: [{ name: 'dev' }],
        entities: OwningEntities.create({
          auth: mockServices.auth(),
          accessRules: { ...DEFAULT_ACCESS_RULES, ...rules },
          catalog: catalogServiceMock({
            entities: [
              ...[...entities, ...ENTITIES].map(one =>
                JSON.parse(
                  JSON.stringify(one).replaceAll('"search"', `"${name}"`),
                ),
              ),
            ],
          }),
        }),
        notifications: {
          send: async options => {
            if (state.failure) {
              throw state.failure;
            }
            sent.push(options);
          },
        },
      });
    const waiting = async () => database.knex('notices').select();
    return { database, sent, state, create, waiting, name };
  }

  it('inform the owner of a failure with its reason, and of the recovery', async () => {
    const { database, sent, create, waiting, name } = await setUp();
    const sender = create();
    stops.push(() => sender.stop());
    sender.start(await holdLease(database));

    await waitFor(async () => expect(await waiting()).toEqual([]));

    const [first] = sent;
    expect(first).toEqual({
      recipients: {
        type: 'entity',
        entityRef: ['component:default/search'],
      },
      payload: {
        title: expect.stringMatching(/^shop\/\S+ \S+ failed in dev$/),
        description: expect.stringContaining(`Application ${name}: `),
        link: '/catalog/default/component/search/deployments',
        severity: 'high',
        topic: 'Failed deployments',
        scope: expect.stringMatching(/^delivery:/),
      },
    });
    const scopes = new Set(sent.map(({ payload }) => payload.scope));
    expect(scopes.size).toBe(
      sent.filter(({ payload }) => payload.severity === 'high').length,
    );
  });

  it.each<[string, Partial<AccessRules>, string[]]>([
    [
      'reach nobody who only claims the application, where somebody can prove it',
      { projects: [{ project: 'shop', owners: ['group:default/shop'] }] },
      ['component:default/owned'],
    ],
    [
      'reach all who claim it, where nobody can prove it',
      {},
      ['component:default/owned', 'component:default/search'],
    ],
  ])('%s', async (_, rules, expected) => {
    const { database, sent, create, waiting } = await setUp(
      [
        {
          ...entity('owned', { 'argocd/project-name': 'shop' }),
          relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
        },
      ],
      rules,
    );
    const sender = create();
    stops.push(() => sender.stop());
    sender.start(await holdLease(database));
    await waitFor(async () => expect(await waiting()).toEqual([]));

    expect(sent.length).toBeGreaterThan(0);
    for (const { recipients } of sent) {
      expect(recipients).toEqual({ type: 'entity', entityRef: expected });
    }
  });

  it('reach nobody in strict mode without a verified mark', async () => {
    const { database, sent, create, waiting } = await setUp([], {
      read: 'strict',
    });
    const sender = create();
    stops.push(() => sender.stop());
    sender.start(await holdLease(database));
    await waitFor(async () => expect(await waiting()).toEqual([]));
    expect(sent).toEqual([]);
  });

  it('are retried without delaying the others', async () => {
    const { database, sent, state, create, waiting } = await setUp();
    state.failure = new Error('notifications are away');
    const before = await waiting();
    const sender = create();
    stops.push(() => sender.stop());
    sender.start(await holdLease(database));
    await waitFor(async () => {
      const rows = await waiting();
      expect(rows).toHaveLength(before.length);
      expect(rows.every(({ attempts }) => attempts === 1)).toBe(true);
    });
    expect(sent).toEqual([]);

    state.failure = undefined;
    await database.knex('notices').update({ next_attempt_at: isoIn(-1) });
    await waitFor(async () => expect(await waiting()).toEqual([]));
    expect(sent).toHaveLength(before.length);
  });

  it('are not sent if they are old', async () => {
    const { database, sent, create, waiting } = await setUp();
    await database.knex('notices').update({ created_at: isoIn(-4_000_000) });
    const sender = create();
    stops.push(() => sender.stop());
    sender.start(await holdLease(database));

    await waitFor(async () => expect(await waiting()).toEqual([]));
    expect(sent).toEqual([]);
  });

  /** As if so many applications of the service had failed. */
  async function repeatFailure(database: DeliveryDatabase, count: number) {
    const [row] = await database.knex('notices').select('message');
    const notice = JSON.parse(row.message);
    await database.knex('notices').delete();
    await addToNotificationOutbox(
      database.knex,
      Array.from({ length: count }, (_, index) => ({
        ...notice,
        promotion: { ...notice.promotion, id: `failure-${index}` },
      })),
    );
  }

  const SHOP = {
    ...entity('owned', { 'argocd/app-name': 'search' }),
    relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
  };

  it.each([
    [40, 1, '40 deployments failed'],
    [6, 1, '6 deployments failed'],
    [5, 5, 'failed in dev'],
    [2, 2, 'failed in dev'],
  ])(
    'of %i failures within a minute are %i for their owner',
    async (failures, expected, title) => {
      const { database, sent, create, waiting } = await setUp([SHOP]);
      await repeatFailure(database, failures);
      const sender = create({ above: 5, windowMs: 500 });
      stops.push(() => sender.stop());
      sender.start(await holdLease(database));
      await waitFor(async () => expect(await waiting()).toEqual([]));

      const ofShop = sent.filter(({ recipients }) =>
        JSON.stringify(recipients).includes(
          expected === 1 ? 'group:default/shop' : 'component:default/owned',
        ),
      );
      expect(ofShop).toHaveLength(expected);
      expect(ofShop[0].payload.title).toContain(title);
    },
  );

  it('are sent by one replica only', async () => {
    const { database, sent, create, waiting } = await setUp();
    const count = (await waiting()).length;
    for (const owner of ['one', 'two', 'three']) {
      const leader = LeaderElection.start({
        name: 'notifications',
        owner,
        task: create(),
        database,
        logger,
        times: leaseTimes(),
      });
      stops.push(() => leader.stop());
    }

    await waitFor(async () => expect(await waiting()).toEqual([]));
    expect(sent).toHaveLength(count);
  });
});
