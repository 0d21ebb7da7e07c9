import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type AccessRules,
  type Application,
  DEFAULT_ACCESS_RULES,
  type ImagesRequest,
  type Observation,
} from '@landfall/backstage-plugin-delivery-common';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { firstObservation } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { AnnotatedRepositories } from '../sources/AnnotatedRepositories';
import { CatalogReader } from '../sources/CatalogReader';
import { replaceImageUpdaters } from '../store/operations/imageUpdaters';
import { readRepositoryStates } from '../store/operations/annotatedRepositories';
import { saveRepositoryRead } from '../store/operations/repositories';
import { saveSearch } from '../store/operations/repositorySearches';
import { searchKey } from '../store/repositoryKey';
import { StoreDeliveryService } from './StoreDeliveryService';
import { EntityRepositories } from './EntityRepositories';
import { Links } from './links';

const databases = createTestDatabases();
const ACCOUNT = '123456789012';
const HOST = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`;
const ARN = `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository`;
const AT = '2026-11-23T06:00:00.000Z';
const QUERY = { limit: 50 };

function reported(message: string) {
  return { code: 'detail.reported', parameters: { message }, message };
}

describe.each(databases.eachSupportedId())('images of an entity on %s', id => {
  let application: Application;

  beforeAll(async () => {
    ({ application } = await firstObservation('helmvalues'));
  });

  const entity = (annotations: Record<string, string>): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api', annotations },
  });
  const observed = (changes: Partial<Application> = {}): Observation => ({
    kind: 'application-observed',
    application: { ...application, ...changes },
    seenAt: AT,
  });

  async function setUp(rules: Partial<AccessRules> = {}) {
    const accessRules = { ...DEFAULT_ACCESS_RULES, ...rules };
    const hosts = EcrHosts.create([]);
    const requested: string[] = [];
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    let requestedEntity: Entity | undefined;
    const service = StoreDeliveryService.create({
      catalog: catalogServiceMock.mock({
        getEntityByRef: async () => requestedEntity,
      }),
      database,
      repositories: EntityRepositories.create({
        hosts,
        accessRules,
        onUnknown: ref => requested.push(ref),
      }),
      accessRules,
      environments: [],
      instanceNames: ['main'],
      links: Links.create({
        frontendUrls: new Map(),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      }),
    });
    const imagesOf = (one: Entity, query: ImagesRequest) => {
      requestedEntity = one;
      return service.getImages(
        { kind: one.kind, namespace: 'default', name: one.metadata.name },
        query,
        { credentials: mockCredentials.user() },
      );
    };
    /** What follows when the entity's page is opened. */
    const open = async (opened: Entity) => {
      await imagesOf(opened, QUERY);
      const reader = CatalogReader.create({
        catalog: catalogServiceMock({ entities: [opened] }),
        auth: mockServices.auth(),
        readers: [
          AnnotatedRepositories.create({ database, hosts, accessRules }),
        ],
        logger: mockServices.logger.mock(),
      });
      for (const ref of requested.splice(0)) {
        await reader.refreshEntity(ref);
      }
    };
    return { database, tracker, imagesOf, requested, open };
  }

  it('lists and judges those that an ImageUpdater names, which the application does not run', async () => {
    const { database, tracker, imagesOf } = await setUp();
    const worker = `${HOST}/shop/worker`;
    const { instance, namespace, name } = application.ref;
    await database.transaction(tx =>
      replaceImageUpdaters(tx, {
        instance,
        manager: 'apps',
        updaters: [
          {
            namespace,
            name: 'worker',
            spec: {
              applicationRefs: [
                {
                  namePattern: name,
                  images: [{ alias: 'worker', imageName: `${worker}:~2.0` }],
                },
              ],
            },
          },
        ],
      }),
    );
    await observe(tracker, observed());
    await tracker.observeRepository({
      repository: worker,
      images: [
        {
          repository: worker,
          digest: `sha256:${'2'.repeat(64)}`,
          tags: ['2.0.1'],
          pushedAt: AT,
        },
      ],
      seenAt: AT,
    });

    const found = await imagesOf(entity({ 'argocd/app-name': name }), QUERY);

    expect(found.repositories).toEqual([`${HOST}/shop/api`, worker]);
    expect(
      found.applications.find(({ repository }) => repository === worker),
    ).toMatchObject({
      running: [],
      state: 'managed',
      updater: { name: 'worker' },
      next: { outcome: 'not-live' },
    });
    expect(found.items).toMatchObject([
      {
        repository: worker,
        tags: ['2.0.1'],
        runsIn: [],
        verdicts: [{ accepted: true, code: 'chosen' }],
      },
    ]);
    const { keys, applications } = found;
    // Besides the topics of its name and of its instance.
    expect(keys.slice(0, -2)).toEqual([applications[0].key]);
  });

  it('has a repository once, by the host that the application names it', async () => {
    const { database, tracker, imagesOf, open } = await setUp();
    const fips = `${ACCOUNT}.dkr.ecr-fips.eu-west-1.amazonaws.com/shop/api`;
    await observe(
      tracker,
      observed({
        images: [`${fips}:1.0.0`],
        annotations: {},
        sources: [],
        operation: undefined,
      }),
    );
    const tags = { team: 'shop' };
    const annotated = entity({
      'argocd/app-name': application.ref.name,
      'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/api`,
      'aws.amazon.com/amazon-ecr-tags': 'team=shop',
    });
    await open(annotated);
    await saveSearch(database.knex, searchKey(tags), {
      repositories: [`${HOST}/shop/api`, `${HOST}/shop/worker`],
      failures: 0,
      nextSearchAt: AT,
    });

    const { repositories } = await imagesOf(annotated, QUERY);

    expect(repositories).toEqual([fips, `${HOST}/shop/worker`].sort());
    // It is read for the application; noting it would have each page read it again.
    expect(await readRepositoryStates(database.knex, [fips])).toMatchObject([
      { isReferenced: false },
    ]);
  });

  it('writes nothing, but asks for an entity that is new to be read', async () => {
    const { database, imagesOf, requested, open } = await setUp();
    const annotated = entity({
      'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/api`,
      'aws.amazon.com/amazon-ecr-tags': 'team=shop',
    });
    await imagesOf(entity({}), QUERY);
    expect(requested).toEqual([]);
    const writes: string[] = [];
    const watch = ({ sql }: { sql: string }) => {
      if (!/^(select|begin|commit)\b/i.test(sql)) {
        writes.push(sql);
      }
    };
    database.knex.on('query', watch);
    const { keys } = await imagesOf(annotated, QUERY);
    database.knex.removeListener('query', watch);
    expect(writes).toEqual([]);
    // With the topic of the instance.
    expect(keys).toHaveLength(3);
    expect(requested).toEqual(['component:default/api']);

    await open(annotated);
    expect(
      await readRepositoryStates(database.knex, [`${HOST}/shop/api`]),
    ).toMatchObject([{ isReferenced: true }]);
    await imagesOf(annotated, QUERY);
    expect(requested).toEqual([]);
  });

  it('shows nothing that the entity may not reference, and names nothing that it did not', async () => {
    const { database, imagesOf, open } = await setUp({
      repositories: [{ accountId: ACCOUNT, names: ['shop/*'] }],
    });
    const annotated = entity({
      'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/api,${ARN}/pay/api`,
      'aws.amazon.com/amazon-ecr-tags': 'team=shop',
    });
    await open(annotated);
    await saveSearch(database.knex, searchKey({ team: 'shop' }), {
      repositories: [`${HOST}/secret/one`, `${HOST}/shop/worker`],
      failures: 0,
      nextSearchAt: AT,
    });

    const { repositories, problems } = await imagesOf(annotated, QUERY);

    expect(repositories).toEqual([`${HOST}/shop/api`, `${HOST}/shop/worker`]);
    const allow = expect.objectContaining({
      code: 'advice.allow-repository',
      parameters: { setting: 'delivery.access.repositories' },
    });
    expect(problems).toEqual([
      {
        code: 'repository-not-allowed',
        parameters: {
          annotation: 'aws.amazon.com/amazon-ecr-arn',
          repository: 'pay/api',
          account: ACCOUNT,
          region: 'eu-west-1',
        },
        message: `aws.amazon.com/amazon-ecr-arn references pay/api of the account ${ACCOUNT} in eu-west-1, which this entity may not show`,
        advice: allow,
      },
      {
        code: 'repositories-not-allowed',
        parameters: {
          annotation: 'aws.amazon.com/amazon-ecr-tags',
          total: '1',
        },
        message:
          'Repositories that aws.amazon.com/amazon-ecr-tags finds, but that this entity may not show: 1',
        advice: allow,
      },
    ]);
    expect(
      await readRepositoryStates(database.knex, [`${HOST}/pay/api`]),
    ).toEqual([]);
  });

  it('uses the first hundred tagged repositories, and reports the rest', async () => {
    const { database, imagesOf, open } = await setUp();
    const annotated = entity({ 'aws.amazon.com/amazon-ecr-tags': 'team=shop' });
    await open(annotated);
    await saveSearch(database.knex, searchKey({ team: 'shop' }), {
      repositories: Array.from({ length: 101 }, (_, i) => `${HOST}/shop/${i}`),
      failures: 0,
      nextSearchAt: AT,
    });
    const { repositories, problems } = await imagesOf(annotated, QUERY);
    expect(repositories).toHaveLength(100);
    expect(problems).toMatchObject([
      { code: 'too-many-tagged', parameters: { limit: '100' } },
    ]);
  });

  it('reports an account that is not configured', async () => {
    const { database, imagesOf, open } = await setUp();
    const annotated = entity({
      'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/api`,
    });
    await open(annotated);
    await saveRepositoryRead(database.knex, `${HOST}/shop/api`, {
      error: 'AwsAccountNotConfiguredError: …',
      errorCode: 'account-not-configured',
      failures: 1,
      nextReadAt: AT,
    });
    const { problems } = await imagesOf(annotated, QUERY);
    expect(problems).toEqual([
      {
        code: 'account-not-configured',
        parameters: { repository: `${HOST}/shop/api` },
        message: `${HOST}/shop/api isn't read, because its AWS account isn't configured`,
        advice: expect.objectContaining({ code: 'advice.configure-account' }),
        detail: reported('AwsAccountNotConfiguredError: …'),
      },
    ]);
  });

  it('reports a failed read, and keeps what was known', async () => {
    const { database, imagesOf, open } = await setUp();
    const annotated = entity({
      'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/api`,
      'aws.amazon.com/amazon-ecr-tags': 'team=shop',
    });
    await open(annotated);
    await saveRepositoryRead(database.knex, `${HOST}/shop/api`, {
      error: 'AccessDeniedException',
      errorCode: 'read-failed',
      failures: 1,
      nextReadAt: AT,
    });
    await saveSearch(database.knex, searchKey({ team: 'shop' }), {
      repositories: [`${HOST}/shop/worker`],
      error: 'ECR of the main account: Region is missing',
      failures: 1,
      nextSearchAt: AT,
    });

    const { repositories, problems } = await imagesOf(annotated, QUERY);

    expect(repositories).toEqual([`${HOST}/shop/api`, `${HOST}/shop/worker`]);
    expect(problems).toEqual([
      {
        code: 'search-failed',
        parameters: { tags: 'team=shop' },
        message:
          "Repositories with the tags team=shop couldn't be searched for everywhere",
        advice: expect.objectContaining({ code: 'advice.permit-search' }),
        detail: reported('ECR of the main account: Region is missing'),
      },
      {
        code: 'read-failed',
        parameters: { repository: `${HOST}/shop/api` },
        message: `${HOST}/shop/api couldn't be read`,
        advice: expect.objectContaining({ code: 'advice.permit-reading' }),
        detail: reported('AccessDeniedException'),
      },
    ]);
  });
});
