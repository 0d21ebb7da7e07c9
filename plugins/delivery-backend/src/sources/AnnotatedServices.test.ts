import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DEFAULT_ACCESS_RULES } from '@landfall/backstage-plugin-delivery-common';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { readServiceRefs } from '../store/operations/services';
import { AnnotatedRepositories } from './AnnotatedRepositories';
import { AnnotatedServices, toService } from './AnnotatedServices';
import { CatalogReader } from './CatalogReader';

const databases = createTestDatabases();

function entity(
  annotations: Record<string, string>,
  changes: Partial<Entity> & { name?: string; title?: string } = {},
): Entity {
  const { name = 'api', title, ...rest } = changes;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations, ...(title && { title }) },
    ...rest,
  };
}

describe('toService', () => {
  it('reads owner, system and claim', () => {
    expect(
      toService(
        entity(
          { 'argocd/app-name': 'api' },
          {
            title: 'The API',
            relations: [
              { type: 'partOf', targetRef: 'component:default/parent' },
              { type: 'partOf', targetRef: 'System:default/Store' },
              { type: 'ownedBy', targetRef: 'group:default/shop' },
              { type: 'ownedBy', targetRef: 'user:default/ada' },
            ],
          },
        ),
      ),
    ).toEqual([
      {
        entityRef: 'component:default/api',
        kind: 'Component',
        namespace: 'default',
        name: 'api',
        title: 'The API',
        owner: 'group:default/shop',
        system: 'system:default/store',
        claim: {
          claimant: {
            ref: 'component:default/api',
            owners: ['group:default/shop', 'user:default/ada'],
          },
          locator: { names: [{ name: 'api' }], problems: [] },
        },
      },
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['no annotations', {}],
    ['only annotations that narrow', { 'argocd/app-namespace': 'argocd' }],
    ['an empty annotation', { 'argocd/app-name': ' ' }],
    ['only a repository', { 'aws.amazon.com/amazon-ecr-tags': 'team=shop' }],
  ])('has none for an entity with %s', (_, annotations) => {
    expect(toService(entity(annotations))).toEqual([]);
  });

  it('keeps an entity whose annotations can’t be read, which claims nothing', () => {
    expect(toService(entity({ 'argocd/app-selector': 'a b' }))).toMatchObject([
      { claim: { locator: { names: [] } } },
    ]);
  });
});

describe.each(databases.eachSupportedId())('AnnotatedServices on %s', id => {
  it('share one read of the catalog with the repositories', async () => {
    const database = await createDatabase(databases, id);
    const catalog = catalogServiceMock({
      entities: [
        entity({ 'argocd/app-name': 'api' }),
        entity({ 'argocd/project-name': 'shop' }, { name: 'web' }),
        entity(
          { 'aws.amazon.com/amazon-ecr-tags': 'team=shop' },
          { name: 'library' },
        ),
        entity({}, { name: 'plain' }),
      ],
    });
    const queryEntities = jest.spyOn(catalog, 'queryEntities');
    await CatalogReader.create({
      catalog,
      auth: mockServices.auth(),
      readers: [
        AnnotatedRepositories.create({
          database,
          hosts: EcrHosts.create([]),
          accessRules: DEFAULT_ACCESS_RULES,
        }),
        AnnotatedServices.create({ database }),
      ],
      logger: mockServices.logger.mock(),
    }).refresh();
    expect(queryEntities).toHaveBeenCalledTimes(1);
    expect(await readServiceRefs(database.knex)).toEqual([
      'component:default/api',
      'component:default/web',
    ]);
    expect(await database.knex('repository_searches').select()).toHaveLength(1);
  });
});
