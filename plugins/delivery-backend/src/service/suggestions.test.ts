import type { Entity } from '@backstage/catalog-model';
import {
  type Application,
  ENTITY_REF_MARK,
  toClaimant,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { firstObservation } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readSuggestions, toSuggestions } from './suggestions';

const ENTITY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
};
const REF = 'component:default/api';
const GRANTED = [{ project: 'shop', owners: ['group:default/shop'] }];

let template: Application;

beforeAll(async () => {
  ({ application: template } = await firstObservation('helmvalues'));
});

/** An application `api-dev` in the project `shop`, without a mark. */
function application(changes: {
  name?: string;
  namespace?: string;
  project?: string;
  labels?: Record<string, string>;
  mark?: string;
  images?: string[];
}): Application {
  const { name = 'api-dev', namespace = 'argocd', project = 'shop' } = changes;
  return {
    ...template,
    ref: { instance: 'main', namespace, name },
    uid: `uid-of-${namespace}/${name}`,
    project,
    labels: changes.labels ?? {},
    images: changes.images ?? [],
    annotations: changes.mark ? { [ENTITY_REF_MARK]: changes.mark } : {},
  };
}

describe('toSuggestions', () => {
  it('names the repositories that their images come from', () => {
    const images = ['registry.example.com/shop/api:1.0.0', 'nginx:1', 'a b'];
    const [own, other] = [
      application({ mark: REF, images }),
      application({ name: 'api-prod', images: ['registry.example.com/pay:1'] }),
    ];
    expect(
      toSuggestions(
        toClaimant(ENTITY),
        { name: 'api', labelled: [], candidates: [own, other] },
        { accessRules: { projects: [] } },
      ),
    ).toEqual([
      {
        annotation: 'argocd/app-name',
        value: 'api-dev',
        applications: [own.ref],
        repositories: [
          'docker.io/library/nginx',
          'registry.example.com/shop/api',
        ],
      },
    ]);
  });

  const suggested = (
    candidates: Application[],
    options: { labelled?: Application[]; projects?: typeof GRANTED } = {},
  ) =>
    toSuggestions(
      toClaimant(ENTITY),
      { name: 'api', labelled: options.labelled ?? [], candidates },
      { accessRules: { projects: options.projects ?? [] } },
    ).map(({ annotation, value }) => `${annotation}: ${value}`);

  it.each<
    [string, Parameters<typeof application>[0], typeof GRANTED, string[]]
  >([
    ['has only a similar name', {}, [], []],
    [
      'carries the ref of the entity',
      { mark: REF },
      [],
      ['argocd/app-name: api-dev'],
    ],
    ['is in a project of the owner', {}, GRANTED, ['argocd/app-name: api-dev']],
    ['is in a project of nobody', { project: 'other' }, GRANTED, []],
    [
      'carries the ref of another entity',
      { mark: 'component:default/web' },
      GRANTED,
      [],
    ],
    [
      'is in another namespace',
      { mark: REF, namespace: 'team-a' },
      [],
      ['argocd/app-name: team-a/api-dev'],
    ],
  ])('judges an application that %s', (_, changes, projects, expected) => {
    expect(suggested([application(changes)], { projects })).toEqual(expected);
  });

  it('suggests the selector only if everything it selects is proven', () => {
    const dev = application({ mark: REF });
    const foreign = application({ name: 'api-of-others', project: 'other' });
    expect(suggested([dev], { labelled: [dev] })).toEqual([
      'argocd/app-selector: app.kubernetes.io/name=api',
      'argocd/app-name: api-dev',
    ]);
    expect(suggested([dev, foreign], { labelled: [dev, foreign] })).toEqual([
      'argocd/app-name: api-dev',
    ]);
  });

  it('names each application once, and not too many', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      application({ name: `api-${index + 10}`, mark: REF }),
    );
    const [line] = suggested([...many, ...many]);
    expect(line.split(',')).toHaveLength(20);
  });
});

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('readSuggestions on %s', id => {
  let database: DeliveryDatabase;

  beforeAll(async () => {
    database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const name = { 'app.kubernetes.io/name': 'api' };
    for (const each of [
      application({ mark: REF }),
      application({ name: 'api-qa', mark: REF }),
      application({ name: 'backend', labels: name, mark: REF }),
      application({
        name: 'other',
        labels: { [ENTITY_REF_MARK]: 'component.default.api' },
      }),
      application({ name: 'api-prod' }),
      application({ name: 'unlike', mark: REF }),
    ]) {
      await observe(tracker, {
        kind: 'application-observed',
        application: each,
        seenAt: '2026-11-23T05:00:00.000Z',
      });
    }
  });

  const read = (entity: Entity) =>
    readSuggestions(
      { knex: database.knex, entity },
      {
        instanceNames: ['main'],
        environments: [{ name: 'qa' }],
        accessRules: { read: 'permissive', projects: [], repositories: [] },
      },
    );

  it('finds them by name, label and mark, and shows only those with a proof', async () => {
    const [selector, names] = await read(ENTITY);
    expect(selector).toMatchObject({
      value: 'app.kubernetes.io/name=api',
      applications: [{ name: 'backend' }],
    });
    expect(names.value).toBe('api-dev,api-qa,backend,other');
  });

  it('suggests nothing to an entity with annotations, or of another name', async () => {
    const metadata = { name: 'api', annotations: { 'argocd/app-name': 'x' } };
    expect(await read({ ...ENTITY, metadata })).toEqual([]);
    expect(await read({ ...ENTITY, metadata: { name: 'web' } })).toEqual([]);
  });
});
