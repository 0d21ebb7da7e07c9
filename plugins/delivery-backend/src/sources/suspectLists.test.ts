import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import {
  type RawApplication,
  readApplicationList,
} from '../__testUtils__/recordings';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { startReplica } from '../__testUtils__/replicas';
import { waitFor } from '@landfall/testing-kit';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readInstances } from '../store/operations/instances';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const TOKEN = 'token-of-the-test';

/** Twelve applications in two projects. */
function applications(): RawApplication[] {
  const [model] = readApplicationList().items;
  return Array.from({ length: 12 }, (_, index) => ({
    ...model,
    metadata: {
      ...model.metadata,
      name: `app-${index}`,
      uid: `uid-${index}`,
    },
    spec: { project: index < 6 ? 'shop' : 'bank', source: {} },
  }));
}

describe.each(databases.eachSupportedId())(
  'a list that lacks many applications on %s',
  id => {
    let database: DeliveryDatabase;
    let argocd: ReplayedArgoCd;
    let stop: (() => Promise<void>) | undefined;

    const present = (): Promise<string[]> =>
      database.knex('applications').whereNull('gone_at').pluck('name');

    beforeEach(async () => {
      database = await createDatabase(databases, id);
      argocd = await ReplayedArgoCd.start({ token: TOKEN });
      applications().forEach(application => argocd.put(application));
      await restart();
      await waitFor(async () => {
        const { length } = await present();
        if (length < 12) {
          throw new Error(`${length} of 12 applications are stored`);
        }
      });
    });

    afterEach(async () => {
      await stop?.();
      stop = undefined;
      await argocd.stop();
    });

    /**
     * Starts a new replica that lists everything again and soon confirms a
     * suspect list.
     */
    async function restart(confirmMs = 50): Promise<void> {
      await stop?.();
      const replica = await startReplica({
        database,
        instances: [{ name: 'main', url: argocd.url, token: TOKEN }],
        confirmMs,
      });
      stop = replica.stop;
    }

    const instance = async () => {
      const [found] = await readInstances(database.knex, ['main'], '');
      return found;
    };
    const lists = () =>
      argocd.requests.filter(path => path === '/api/v1/applications').length;

    it('is not applied while the account has no permission for applications', async () => {
      argocd.visibleProjects = [];
      const before = lists();
      await restart();

      await waitFor(async () =>
        expect(await instance()).toMatchObject({
          state: 'live',
          applications: 12,
          error:
            "Argo CD 'main' listed 0 of 12 known applications: the account lacks the permission `applications, get` for 12 of the others, in the projects 'bank', 'shop'. They keep their last known state. Grant the permission again.",
        }),
      );
      // Another list wouldn't help, so the usual interval applies.
      expect(lists()).toBe(before + 1);
      expect(
        await database.knex('promotions').where('outcome', 'abandoned'),
      ).toEqual([]);

      argocd.visibleProjects = undefined;
      await restart();
      await waitFor(async () =>
        expect(await instance()).toMatchObject({
          state: 'live',
          applications: 12,
          error: undefined,
        }),
      );
    });

    it('is applied when a second list and the account’s permissions confirm it', async () => {
      argocd.clear();
      await restart();

      await waitFor(async () => expect(await present()).toEqual([]));
      await waitFor(async () =>
        expect(await instance()).toMatchObject({ error: undefined }),
      );
      expect(lists()).toBeGreaterThan(2);
    });

    it('reports what it is pending on until then', async () => {
      argocd.clear();
      await restart(3_600_000);

      await waitFor(async () =>
        expect(await instance()).toMatchObject({
          state: 'live',
          applications: 12,
          error: expect.stringMatching(
            /listed 0 of 12 known applications\. Until another list confirms it/,
          ),
        }),
      );
    });

    it('is applied for the projects that the account may still see', async () => {
      argocd.visibleProjects = ['bank'];
      applications().forEach(({ metadata }) => {
        if (Number(metadata.name.slice(4)) >= 7) {
          argocd.remove(metadata.name);
        }
      });
      await restart();

      await waitFor(async () =>
        expect((await present()).sort()).toEqual([
          'app-0',
          'app-1',
          'app-2',
          'app-3',
          'app-4',
          'app-5',
          'app-6',
        ]),
      );
    });

    it('keeps the ImageUpdater resources of missing applications', async () => {
      // No replica is running until the list that lacks them.
      await stop?.();
      stop = undefined;
      await database.knex('image_updaters').insert({
        instance: 'main',
        namespace: 'argocd',
        name: 'updater',
        manager: await database
          .knex('applications')
          .where({ name: 'app-0' })
          .first('key')
          .then(row => row.key),
        document: '{"namespace":"argocd","name":"updater","spec":{}}',
      });
      argocd.visibleProjects = [];
      await restart();
      await waitFor(async () =>
        expect((await instance()).error).toContain('listed 0 of 12'),
      );

      const reads = argocd.requests.length;
      await waitFor(() =>
        expect(argocd.requests.length).toBeGreaterThan(reads),
      );
      expect(await database.knex('image_updaters').pluck('name')).toEqual([
        'updater',
      ]);
    });
  },
);
