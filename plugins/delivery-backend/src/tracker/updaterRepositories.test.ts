import type {
  Application,
  ImageUpdaterResource,
  Observation,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { firstObservation } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { replaceImageUpdaters } from '../store/operations/imageUpdaters';
import { readDueRepositories } from '../store/operations/repositories';
import type { Tracker } from './types';

const databases = createTestDatabases();
const WORKER = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/worker';
const AT = '2026-11-23T06:00:00.000Z';

function updater(
  { ref }: Application,
  forceUpdate: boolean,
): ImageUpdaterResource {
  return {
    namespace: ref.namespace,
    name: 'worker',
    spec: {
      applicationRefs: [
        {
          namePattern: ref.name,
          images: [
            {
              alias: 'worker',
              imageName: `${WORKER}:~2.0`,
              commonUpdateSettings: { forceUpdate },
            },
          ],
        },
      ],
    },
  };
}

describe.each(databases.eachSupportedId())(
  'a repository that an ImageUpdater lists, on %s',
  id => {
    let first: Observation;
    let application: Application;

    beforeAll(async () => {
      first = await firstObservation('helmvalues');
      ({ application } = first);
    });

    async function setUp() {
      const database = await createDatabase(databases, id);
      const { knex } = database;
      let added = 0;
      const tracker: Tracker = createTracker(database, {
        repositoriesAdded: () => {
          added += 1;
        },
      });
      const observeUpdaters = async (updaters: ImageUpdaterResource[]) => {
        const changed = await database.transaction(tx =>
          replaceImageUpdaters(tx, {
            instance: application.ref.instance,
            manager: 'apps',
            updaters,
          }),
        );
        await tracker.observeImageUpdaters({
          instance: application.ref.instance,
          changed,
          seenAt: AT,
        });
      };
      const read = () =>
        tracker.observeRepository({
          repository: WORKER,
          images: [
            {
              repository: WORKER,
              digest: `sha256:${'2'.repeat(64)}`,
              tags: ['2.0.1'],
              pushedAt: AT,
            },
          ],
          seenAt: AT,
        });
      const repositories = () =>
        knex('application_repositories')
          .where('repository', WORKER)
          .pluck('repository');
      const promotions = () =>
        knex('promotions')
          .where('repository', WORKER)
          .select('tag', 'pushed_at', 'outcome');
      const due = async () =>
        (
          await readDueRepositories(knex, {
            now: '2100-01-01T00:00:00.000Z',
            limit: 10,
          })
        ).map(({ repository }) => repository);
      return {
        tracker,
        observeUpdaters,
        read,
        repositories,
        promotions,
        due,
        added: () => added,
      };
    }

    it.each(['before', 'after'])(
      'is read if the ImageUpdater arrives %s the application',
      async order => {
        const { tracker, observeUpdaters, repositories, due, added } =
          await setUp();
        const steps = [
          () => observeUpdaters([updater(application, false)]),
          () => observe(tracker, first),
        ];
        const [one, other] = order === 'before' ? steps : steps.reverse();
        await one();
        expect(await repositories()).toEqual([]);
        await other();

        expect(await repositories()).toEqual([WORKER]);
        expect(await due()).toContain(WORKER);
        expect(added()).toBeGreaterThan(0);

        await observeUpdaters([]);
        expect(await repositories()).toEqual([]);
        expect(await due()).not.toContain(WORKER);
      },
    );

    it.each([
      [true, [{ tag: '2.0.1', pushed_at: AT, outcome: null }]],
      [false, []],
    ])(
      'is promoted from its push only with forceUpdate (%s)',
      async (forceUpdate, expected) => {
        const { tracker, observeUpdaters, read, promotions } = await setUp();
        await observe(tracker, first);
        await observeUpdaters([updater(application, forceUpdate)]);
        await read();
        expect(await promotions()).toEqual(expected);
      },
    );

    it('is promoted for an earlier push as well', async () => {
      const { tracker, observeUpdaters, read, promotions } = await setUp();
      await observe(tracker, first);
      await observeUpdaters([updater(application, false)]);
      await read();
      await observeUpdaters([updater(application, true)]);
      expect(await promotions()).toEqual([
        { tag: '2.0.1', pushed_at: AT, outcome: null },
      ]);
    });
  },
);
