import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type Application,
  type DeliverySignal,
  ENTITY_REF_MARK,
  type OverviewResponse,
  parseDeliverySignal,
  signalSpreadMs,
} from '@landfall/backstage-plugin-delivery-common';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import { waitFor } from '@landfall/testing-kit';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { decode } from '../__testUtils__/observations';
import { readApplicationList } from '../__testUtils__/recordings';
import { createTracker, observe } from '../__testUtils__/trackers';
import { EntityRepositories } from '../service/EntityRepositories';
import { Links } from '../service/links';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
import { SignalPublisher } from './SignalPublisher';

const databases = createTestDatabases();
const AT = '2026-11-23T06:00:00.000Z';
const LATER = '2026-11-23T06:05:00.000Z';

/** How the entities find their applications, by name. */
const ENTITIES: Record<string, Record<string, string>> = {
  'by-name': { 'argocd/app-name': 'new', 'argocd/app-namespace': 'argocd' },
  'by-label': { 'argocd/app-selector': 'tier!=db,app=new' },
  'by-project': { 'argocd/project-name': 'launch' },
  'by-absence': { 'argocd/app-selector': '!old' },
  unconcerned: { 'argocd/app-name': 'other' },
};

const ENTITY_NAMES = Object.keys(ENTITIES);

describe.each(databases.eachSupportedId())('Signals on %s', id => {
  let base: Application;
  beforeAll(async () => {
    [base] = await decode(readApplicationList().items.slice(0, 1));
  });

  async function setUp() {
    const database = await createDatabase(databases, id);
    const accessRules = {
      read: 'strict' as const,
      projects: [],
      repositories: [],
    };
    const service = StoreDeliveryService.create({
      catalog: catalogServiceMock({
        entities: ENTITY_NAMES.map(
          (name): Entity => ({
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name,
              namespace: 'default',
              annotations: ENTITIES[name],
            },
          }),
        ),
      }),
      database,
      accessRules,
      repositories: EntityRepositories.create({
        hosts: EcrHosts.create([]),
        accessRules,
        onUnknown: () => {},
      }),
      environments: [],
      instanceNames: ['main', 'second'],
      links: Links.create({
        frontendUrls: new Map(),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      }),
    });
    const tracker = createTracker(database);
    const publish = async (): Promise<DeliverySignal[]> => {
      const messages: DeliverySignal[] = [];
      const publisher = SignalPublisher.start({
        database,
        logger: mockServices.logger.mock(),
        signals: {
          publish: async ({ message }) => {
            messages.push(parseDeliverySignal(message));
          },
        },
      });
      await waitFor(async () =>
        expect(await database.knex('outbox').select()).toEqual([]),
      );
      await publisher.stop();
      return messages;
    };
    const overview = (name: string) =>
      service.getOverview(
        { kind: 'component', namespace: 'default', name },
        { credentials: mockCredentials.user() },
      );
    /** Which pages a change is signalled to, and whose answers it changes. */
    const after = async (change: () => Promise<unknown>) => {
      await publish();
      const before = await Promise.all(ENTITY_NAMES.map(overview));
      await change();
      const signals = await publish();
      const now = await Promise.all(ENTITY_NAMES.map(overview));
      return {
        signalled: ENTITY_NAMES.filter((_, index) =>
          signals.some(
            signal =>
              signalSpreadMs(signal, keysOf(before[index])) !== undefined,
          ),
        ),
        changed: ENTITY_NAMES.filter(
          (_, index) => shownOf(before[index]) !== shownOf(now[index]),
        ),
      };
    };
    return {
      database,
      after,
      have: (application: Application) =>
        observe(tracker, {
          kind: 'application-observed',
          application,
          seenAt: AT,
        }),
      lose: ({ ref }: Application) =>
        observe(tracker, { kind: 'application-gone', ref, seenAt: LATER }),
    };
  }

  /** Found by no entity but `by-absence`, and proven for none. */
  const application = (changes: Partial<Application> = {}): Application => ({
    ...base,
    ref: { instance: 'main', namespace: 'argocd', name: 'some' },
    project: 'default',
    labels: {},
    annotations: {},
    ...changes,
  });
  const markedFor = (name: string) => ({
    [ENTITY_REF_MARK]: `component:default/${name}`,
  });

  it.each<[string, () => Application, string[]]>([
    [
      'with a name',
      () =>
        application({
          ref: { instance: 'main', namespace: 'argocd', name: 'new' },
          labels: { old: '' },
        }),
      ['by-name'],
    ],
    [
      'with a label',
      () => application({ labels: { app: 'new', old: '' } }),
      ['by-label'],
    ],
    [
      'in a project',
      () => application({ project: 'launch', labels: { old: '' } }),
      ['by-project'],
    ],
    ['without a label', () => application(), ['by-absence']],
  ])(
    'tell the page that gets an application %s when it appears, and when it goes',
    async (_, applicationOf, expected) => {
      const { after, have, lose } = await setUp();
      const appearing = applicationOf();
      for (const change of [() => have(appearing), () => lose(appearing)]) {
        const { signalled, changed } = await after(change);
        expect(changed).toEqual(expected);
        expect(signalled).toEqual(expect.arrayContaining(changed));
        // It has no topic of its own for applications without a label.
        expect(signalled.filter(name => name !== 'by-absence')).toEqual(
          expected.filter(name => name !== 'by-absence'),
        );
      }
    },
  );

  it('tell the pages whose applications change when a label, the project or the mark does', async () => {
    const { after, have } = await setUp();
    let resourceVersion = 1000;
    const version = (changes: Partial<Application>) => {
      resourceVersion += 1;
      return application({
        resourceVersion: String(resourceVersion),
        ...changes,
      });
    };
    const labels = { old: '' };
    await have(version({ labels }));
    const steps: [Partial<Application>, string[]][] = [
      [{ labels: { ...labels, app: 'new' } }, ['by-label']],
      [
        {
          labels: { ...labels, app: 'new' },
          annotations: markedFor('by-label'),
        },
        ['by-label'],
      ],
      [
        { labels, project: 'launch', annotations: markedFor('by-project') },
        ['by-label', 'by-project'],
      ],
      [
        { labels, project: 'launch', annotations: markedFor('another') },
        ['by-project'],
      ],
    ];
    for (const [changes, expected] of steps) {
      const { signalled, changed } = await after(() => have(version(changes)));
      expect(changed).toEqual(expected);
      expect(signalled).toEqual(expect.arrayContaining(expected));
      expect(signalled).not.toContain('unconcerned');
    }
  });

  it('tell no page of a change of an application that it does not show', async () => {
    const { after, have } = await setUp();
    await have(application({ labels: { old: '' } }));
    const { signalled, changed } = await after(() =>
      have(
        application({
          labels: { old: '' },
          resourceVersion: '99999999',
          health: { ...base.health, status: 'Degraded' },
        }),
      ),
    );
    expect([signalled, changed]).toEqual([[], []]);
  });
});

/** Pages don't show how many applications an instance has. */
function shownOf({ deployments, ...rest }: OverviewResponse): string {
  const instances = deployments.instances.map(
    ({ applications, ...instance }) => instance,
  );
  return JSON.stringify({
    ...rest,
    deployments: { ...deployments, instances },
  });
}

/** What a page compares signals with. */
function keysOf({ deployments, images }: OverviewResponse): Set<string> {
  return new Set([
    ...deployments.environments.flatMap(each =>
      each.deployments.map(({ key }) => key),
    ),
    ...images.keys,
  ]);
}
