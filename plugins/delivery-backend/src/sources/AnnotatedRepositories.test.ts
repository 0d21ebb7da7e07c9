import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type AccessRules,
  DEFAULT_ACCESS_RULES,
} from '@landfall/backstage-plugin-delivery-common';
import {
  EcrHosts,
  type FoundRepositories,
  type RegistryImage,
  type RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { createTracker } from '../__testUtils__/trackers';
import { holdLease } from '../__testUtils__/leases';
import type { Knex } from 'knex';
import { waitFor } from '@landfall/testing-kit';
import { deleteOld } from '../store/operations/deleteOld';
import { insertRows } from '../store/operations/insertRows';
import {
  addRepositories,
  readDueRepositories,
} from '../store/operations/repositories';
import { isoIn } from '../store/time';
import { AnnotatedRepositories } from './AnnotatedRepositories';
import { CatalogReader } from './CatalogReader';
import { RegistryPoller } from './RegistryPoller';
import { RepositorySearcher } from './RepositorySearcher';

const databases = createTestDatabases();
const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const ARN = 'arn:aws:ecr:eu-west-1:123456789012:repository';
const LONG_AGO = '2026-01-01T00:00:00.000Z';

function entity(
  name: string,
  annotations: { arn?: string; tags?: string },
): Entity {
  const { arn, tags } = annotations;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        ...(arn && { 'aws.amazon.com/amazon-ecr-arn': arn }),
        ...(tags && { 'aws.amazon.com/amazon-ecr-tags': tags }),
      },
    },
  };
}

/** Every repository has one image; a search returns `found`. */
class SmallRegistry implements RegistrySource {
  readonly reads: string[] = [];
  found: FoundRepositories = { repositories: [], errors: [] };
  failure?: Error;

  covers() {
    return true;
  }

  async listImages(repository: string): Promise<RegistryImage[]> {
    this.reads.push(repository);
    return [
      {
        repository,
        digest: `sha256:${'1'.repeat(64)}`,
        tags: ['1.0.0'],
        pushedAt: '2026-11-23T03:00:00.000Z',
      },
    ];
  }

  async findRepositories(): Promise<FoundRepositories> {
    if (this.failure) {
      throw this.failure;
    }
    return this.found;
  }
}

/** Makes an application use some repositories, which are due at once. */
async function useRepositories(knex: Knex, used: string[]): Promise<void> {
  await knex('applications').insert({
    key: 'k',
    instance: 'main',
    namespace: 'argocd',
    name: 'api',
    memory: '',
  });
  await addRepositories(knex, used);
  await insertRows(
    knex,
    'application_repositories',
    used.map(repository => ({
      application_key: 'k',
      repository,
      needs_builds: 0,
    })),
  );
}

describe.each(databases.eachSupportedId())(
  'referenced repositories on %s',
  id => {
    const leaderTasks: { stop(): Promise<void> }[] = [];

    afterEach(async () => {
      await Promise.all(leaderTasks.splice(0).map(task => task.stop()));
    });

    async function setUp(rules: Partial<AccessRules> = {}) {
      const database = await createDatabase(databases, id);
      const { knex } = database;
      const logger = mockServices.logger.mock();
      const registry = new SmallRegistry();
      const hosts = EcrHosts.create([]);
      const refresh = (entities: Entity[]) =>
        CatalogReader.create({
          catalog: catalogServiceMock({ entities }),
          auth: mockServices.auth(),
          readers: [
            AnnotatedRepositories.create({
              database,
              hosts,
              accessRules: { ...DEFAULT_ACCESS_RULES, ...rules },
            }),
          ],
          logger,
        }).refresh();
      const poller = RegistryPoller.create({
        registry,
        database,
        tracker: createTracker(database),
        logger,
        pollIntervalMs: 300_000,
      });
      const searcher = RepositorySearcher.create({
        registry,
        database,
        logger,
        signalsAdded: () => {},
        repositoriesReferenced: () => poller.trigger(),
      });
      leaderTasks.push(poller, searcher);
      const named = () =>
        knex('repositories')
          .whereNotNull('named_at')
          .orderBy('repository')
          .pluck('repository');
      /** Makes all references look as if they were last seen long ago. */
      const age = async () => {
        for (const table of ['repositories', 'repository_searches']) {
          await knex(table)
            .whereNotNull('named_at')
            .update({ named_at: LONG_AGO });
        }
      };
      const search = async (run: () => void | Promise<void>) => {
        await run();
        await knex('repository_searches').update({ next_search_at: LONG_AGO });
        searcher.trigger();
        await waitFor(async () =>
          expect(
            await knex('repository_searches')
              .where('next_search_at', LONG_AGO)
              .select(),
          ).toEqual([]),
        );
        return knex('repository_searches').first();
      };
      return {
        database,
        knex,
        logger,
        registry,
        refresh,
        poller,
        searcher,
        named,
        age,
        search,
      };
    }

    it('are read from every page of the catalog', async () => {
      const { refresh, named } = await setUp();
      const entities = Array.from({ length: 1100 }, (_, index) =>
        entity(`service-${index}`, {
          arn: `${ARN}/shop/${String(index).padStart(4, '0')}`,
        }),
      );

      await refresh([
        ...entities,
        entity('again', { arn: `${ARN}/shop/0000` }),
        entity('wrong', { arn: 'shop/api', tags: 'team' }),
        entity('none', {}),
      ]);

      const found = await named();
      expect(found).toHaveLength(1100);
      expect(found[1099]).toBe(`${HOST}/shop/1099`);
    });

    it('exclude those that the entity may not reference', async () => {
      const { refresh, named } = await setUp({
        repositories: [
          { accountId: '123456789012', names: ['shop/*'] },
          {
            accountId: '123456789012',
            names: ['pay/*'],
            owners: ['group:default/pay'],
          },
        ],
      });
      const arn = `${ARN}/shop/api,${ARN}/pay/api,${ARN}/other/api`;
      await refresh([
        { ...entity('mine', { arn }), spec: { owner: 'group:default/pay' } },
      ]);
      expect(await named()).toEqual([`${HOST}/shop/api`]);

      await refresh([
        {
          ...entity('pay', { arn }),
          relations: [{ type: 'ownedBy', targetRef: 'group:default/pay' }],
        },
      ]);
      expect(await named()).toEqual([`${HOST}/pay/api`, `${HOST}/shop/api`]);
    });

    it('take at most a third of a batch if no application uses them', async () => {
      const { knex, refresh } = await setUp();
      const names = Array.from(
        { length: 15 },
        (_, index) => `${ARN}/a/${index}`,
      );
      await refresh([entity('greedy', { arn: names.join(',') })]);
      await knex('repositories').update({ next_read_at: LONG_AGO });
      const used = Array.from(
        { length: 15 },
        (_, index) => `${HOST}/u/${index}`,
      );
      await useRepositories(knex, used);

      const due = await readDueRepositories(knex, {
        now: isoIn(1000),
        limit: 9,
      });

      expect(due).toHaveLength(9);
      expect(
        due.filter(({ repository }) => used.includes(repository)),
      ).toHaveLength(6);
    });

    it.each([1, 2])(
      'leave room for used repositories in a batch of %i',
      async limit => {
        const { knex, refresh } = await setUp();
        await refresh([entity('greedy', { arn: `${ARN}/a/1,${ARN}/a/2` })]);
        const used = `${HOST}/u/1`;
        await useRepositories(knex, [used]);
        await knex('repositories')
          .where({ repository: used })
          .update({ next_read_at: LONG_AGO });

        const due = await readDueRepositories(knex, {
          now: isoIn(1000),
          limit,
        });

        expect(due).toHaveLength(limit);
        expect(due[0].repository).toBe(used);
      },
    );

    it('are read until no entity references them', async () => {
      const { knex, database, refresh, registry, poller, age, named } =
        await setUp();
      await refresh([entity('api', { arn: `${ARN}/shop/api` })]);
      poller.start(await holdLease(database));
      await waitFor(async () =>
        expect(await knex('images').pluck('tags')).toEqual(['["1.0.0"]']),
      );
      expect(registry.reads).toEqual([`${HOST}/shop/api`]);

      await age();
      await refresh([]);
      expect(await named()).toEqual([]);
      await poller.handleEvent({
        id: 'event',
        action: 'push',
        repository: `${HOST}/shop/api`,
        digest: `sha256:${'2'.repeat(64)}`,
        at: '2026-11-23T04:00:00.000Z',
      });
      expect(registry.reads).toHaveLength(1);

      // When it is referenced again, it is read again, although it isn't due yet.
      await refresh([entity('api', { arn: `${ARN}/shop/api` })]);
      poller.trigger();
      await waitFor(() => expect(registry.reads).toHaveLength(2));
    });

    it('are read after an event, or updated from the event if that fails', async () => {
      const { knex, refresh, registry, poller } = await setUp();
      await refresh([entity('api', { arn: `${ARN}/shop/api` })]);
      jest
        .spyOn(registry, 'listImages')
        .mockRejectedValue(new Error('throttled'));

      await poller.handleEvent({
        id: 'event',
        action: 'push',
        repository: `${HOST}/shop/api`,
        digest: `sha256:${'2'.repeat(64)}`,
        tag: '1.1.0',
        at: '2026-11-23T04:00:00.000Z',
      });

      expect(await knex('images').pluck('tags')).toEqual(['["1.1.0"]']);
    });

    it('are kept while another replica has just recorded them, and while the catalog is unavailable', async () => {
      const { knex, database, refresh, named, age } = await setUp();
      await refresh([entity('api', { arn: `${ARN}/shop/api` })]);
      await refresh([]);
      expect(await named()).toHaveLength(1);

      await age();
      const catalog = catalogServiceMock.mock({
        queryEntities: async () => {
          throw new Error('away');
        },
      });
      await expect(
        CatalogReader.create({
          catalog,
          auth: mockServices.auth(),
          readers: [
            AnnotatedRepositories.create({
              database,
              hosts: EcrHosts.create([]),
              accessRules: DEFAULT_ACCESS_RULES,
            }),
          ],
          logger: mockServices.logger.mock(),
        }).refresh(),
      ).rejects.toThrow('away');
      expect(await named()).toHaveLength(1);
      expect(await knex('repositories').pluck('named_at')).toEqual([LONG_AGO]);
    });

    it('are kept with their images', async () => {
      const { knex, database, refresh, registry, poller } = await setUp();
      await refresh([entity('api', { arn: `${ARN}/shop/api` })]);
      poller.start(await holdLease(database));
      await waitFor(() => expect(registry.reads).toHaveLength(1));
      await waitFor(async () =>
        expect(await knex('images').select()).toHaveLength(1),
      );
      await poller.stop();
      await knex('repositories').update({ next_read_at: LONG_AGO });

      await deleteOld(database, {
        before: '2026-06-01T00:00:00.000Z',
        unsentBefore: '2026-06-01T00:00:00.000Z',
        instances: [],
      });

      expect(await knex('images').select()).toHaveLength(1);
    });

    it('are found by tags, with one search for entities with the same tags', async () => {
      const {
        database,
        knex,
        refresh,
        registry,
        poller,
        searcher,
        named,
        age,
      } = await setUp();
      registry.found = { repositories: [`${HOST}/shop/worker`], errors: [] };
      await refresh([
        entity('worker', { tags: 'team=shop,part=worker' }),
        entity('same', { tags: 'part=worker, team=shop' }),
      ]);
      expect(await knex('repository_searches').select()).toHaveLength(1);
      poller.start(await holdLease(database));
      searcher.start(await holdLease(database));

      await waitFor(() =>
        expect(registry.reads).toEqual([`${HOST}/shop/worker`]),
      );
      expect(await named()).toEqual([`${HOST}/shop/worker`]);

      await age();
      await refresh([entity('worker', { tags: 'team=shop,part=worker' })]);
      expect(await named()).toEqual([`${HOST}/shop/worker`]);

      await age();
      await refresh([]);
      expect(await named()).toEqual([]);
      expect(await knex('repository_searches').select()).toEqual([]);
    });

    it('are kept when a search fails, which is reported and retried', async () => {
      const {
        database,
        knex,
        logger,
        refresh,
        registry,
        searcher,
        named,
        search,
      } = await setUp();
      const [one, two] = [`${HOST}/shop/one`, `${HOST}/shop/two`];
      registry.found = { repositories: [one], errors: [] };
      await refresh([entity('worker', { tags: 'team=shop' })]);
      searcher.start(await holdLease(database));
      await waitFor(async () => expect(await named()).toEqual([one]));

      const partly = await search(() => {
        registry.found = { repositories: [two], errors: ['ECR of x: denied'] };
      });
      expect(partly).toMatchObject({
        repositories: JSON.stringify([one, two]),
        error: 'ECR of x: denied',
        failures: 1,
      });

      const failed = await search(() => {
        registry.failure = new Error('no region');
      });
      expect(failed).toMatchObject({
        repositories: JSON.stringify([one, two]),
        error: 'no region',
        failures: 2,
      });
      expect(logger.warn).toHaveBeenCalledTimes(1);

      const well = await search(() => {
        registry.failure = undefined;
        registry.found = { repositories: [two], errors: [] };
      });
      expect(well).toMatchObject({
        repositories: JSON.stringify([two]),
        error: null,
        failures: 0,
      });
      // Each of these changes added a signal.
      expect(await knex('outbox').select()).toHaveLength(4);
    });
  },
);
