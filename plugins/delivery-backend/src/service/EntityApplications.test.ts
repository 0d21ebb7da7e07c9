import type { Entity } from '@backstage/catalog-model';
import {
  type AccessRules,
  type Application,
  DEFAULT_ACCESS_RULES,
  ENTITY_REF_MARK,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { firstObservation } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { EntityApplications } from './EntityApplications';

const databases = createTestDatabases();

function entity(
  name: string,
  annotations: Record<string, string>,
  owner?: string,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    ...(owner && { relations: [{ type: 'ownedBy', targetRef: owner }] }),
  };
}

const SHOP = 'group:default/shop';
const PROJECTS = [{ project: 'shop', owners: [SHOP] }];

describe.each(databases.eachSupportedId())('EntityApplications on %s', id => {
  let template: Application;

  beforeAll(async () => {
    ({ application: template } = await firstObservation('helmvalues'));
  });

  /** Three applications: unmarked, marked for `api`, and one outside of Argo CD's namespace. */
  async function setUp(rules: Partial<AccessRules> = {}) {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const put = (
      name: string,
      changes: Partial<Application> & { namespace?: string } = {},
    ) => {
      const { namespace = 'argocd', ...rest } = changes;
      return observe(tracker, {
        kind: 'application-observed',
        application: {
          ...template,
          uid: `${namespace}/${name}`,
          project: 'shop',
          annotations: {},
          labels: { app: 'api' },
          ...rest,
          ref: { instance: 'main', namespace, name },
        },
        seenAt: '2026-11-23T06:00:00.000Z',
      });
    };
    await put('unmarked');
    await put('marked', {
      annotations: { [ENTITY_REF_MARK]: 'component:default/api' },
    });
    await put('unmarked', { namespace: 'team-b' });
    const applications = new EntityApplications({
      database,
      instanceNames: ['main', 'edge'],
      accessRules: { ...DEFAULT_ACCESS_RULES, ...rules },
      argocdNamespaces: new Map([['main', 'argocd']]),
    });
    const namesOf = async (
      one: Entity,
      options?: Parameters<EntityApplications['locate']>[1],
    ) =>
      (await applications.locate(one, options)).applications.map(
        ({ application: { ref } }) => `${ref.namespace}/${ref.name}`,
      );
    return { applications, namesOf };
  }

  it('take a bare name for one in Argo CD’s own namespace', async () => {
    const { namesOf } = await setUp();
    const named = (name: string, more = {}) =>
      namesOf(entity('x', { 'argocd/app-name': name, ...more }));
    expect(await named('unmarked')).toEqual(['argocd/unmarked']);
    expect(await named('team-b/unmarked')).toEqual(['team-b/unmarked']);
    expect(
      await named('unmarked', { 'argocd/app-namespace': 'team-b' }),
    ).toEqual(['team-b/unmarked']);
    expect(
      await namesOf(entity('x', { 'argocd/app-selector': 'app=api' })),
    ).toEqual(['argocd/marked', 'argocd/unmarked', 'team-b/unmarked']);
  });

  it.each<[string, Record<string, string>]>([
    ['by their names', { 'argocd/app-name': 'marked,unmarked' }],
    ['by whatever they lack', { 'argocd/app-selector': '!nothing' }],
    ['by their project', { 'argocd/project-name': 'shop' }],
  ])(
    'are withheld from a stranger in strict mode with advice, claimed %s',
    async (_, annotations) => {
      const { applications } = await setUp({
        read: 'strict',
        projects: PROJECTS,
      });
      const stranger = entity('mine', annotations, 'group:default/mallory');

      const { applications: shown, problems } = await applications.locate(
        stranger,
      );

      expect(shown).toEqual([]);
      expect(problems).toEqual([
        {
          code: 'applications-withheld',
          parameters: { total: expect.stringMatching(/^[23]$/) },
          advice: {
            code: 'advice.prove-ownership',
            parameters: {
              mark: 'landfall.io/entity-ref: component:default/mine',
            },
          },
        },
      ]);
      expect(JSON.stringify(problems)).not.toContain('marked');
    },
  );

  it('show in strict mode what a mark or a project proves', async () => {
    const { namesOf } = await setUp({ read: 'strict', projects: PROJECTS });
    const annotations = { 'argocd/project-name': 'shop' };
    expect(await namesOf(entity('api', annotations))).toEqual([
      'argocd/marked',
    ]);
    expect(await namesOf(entity('api', annotations, SHOP))).toEqual([
      'argocd/marked',
      'argocd/unmarked',
      'team-b/unmarked',
    ]);
    // One that is marked for another entity isn't its own, whoever has the project.
    expect(await namesOf(entity('web', annotations, SHOP))).toEqual([
      'argocd/unmarked',
      'team-b/unmarked',
    ]);
  });

  it('need a proof where one is required, whatever the mode for reading is', async () => {
    const { applications, namesOf } = await setUp();
    const annotations = { 'argocd/project-name': 'shop' };
    const required = { proof: 'required' } as const;
    expect(await namesOf(entity('api', annotations))).toHaveLength(3);
    expect(await namesOf(entity('api', annotations), required)).toEqual([
      'argocd/marked',
    ]);
    const stranger = entity('mine', annotations);
    const { applications: proven, problems } = await applications.locate(
      stranger,
      required,
    );
    expect(proven).toEqual([]);
    expect(problems).toMatchObject([{ code: 'applications-withheld' }]);
  });

  it.each([
    ['mian,main', 'mian'],
    ['main,typo', 'typo'],
  ])(
    'report what isn’t configured of %s, and search the others',
    async (names, typo) => {
      const { applications } = await setUp();
      const located = await applications.locate(
        entity('x', {
          'argocd/project-name': 'shop',
          'argocd/instance-name': names,
        }),
      );
      expect(located.applications).toHaveLength(3);
      expect(located.instanceNames).toEqual(['main']);
      expect(located.problems).toEqual([
        {
          code: 'instance-unknown',
          parameters: {
            annotation: 'argocd/instance-name',
            instances: `'${typo}'`,
          },
          advice: {
            code: 'advice.correct-instance',
            parameters: { annotation: 'argocd/instance-name' },
          },
          detail: {
            code: 'detail.instances-configured',
            parameters: { instances: 'main, edge' },
          },
        },
      ]);
    },
  );
});
