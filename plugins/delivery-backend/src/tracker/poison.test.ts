import type { Application } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { decode } from '../__testUtils__/observations';
import { readApplicationList } from '../__testUtils__/recordings';
import { createTracker } from '../__testUtils__/trackers';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';

const databases = createTestDatabases();
const SEEN_AT = '2026-11-23T06:00:00.000Z';
const instance = 'main';
const LONG = 1_000_000;

type Change = (application: Application) => Application;

/** Applications that can't be stored, with the reported reason. */
const CULPRITS: Record<string, [Change, RegExp]> = {
  'a project of 300 characters': [
    one => ({ ...one, project: 'p'.repeat(300) }),
    /spec\.project is 300 bytes long; at most 253 can be stored$/,
  ],
  'a project of 1 MB': [
    one => ({ ...one, project: 'ü'.repeat(LONG / 2) }),
    /spec\.project is 1000000 bytes long/,
  ],
  'NUL in its project': [
    one => ({ ...one, project: 'a\0b' }),
    /spec\.project contains a character that can't be stored/,
  ],
  'half of a surrogate pair in a label': [
    one => ({ ...one, labels: { team: '\ud83d' } }),
    /metadata\.labels\['team'\] contains a character/,
  ],
  'a label that is too long': [
    one => ({ ...one, labels: { ['k'.repeat(LONG)]: 'v' } }),
    /the key 'k{80}…' in metadata\.labels is 1000000 bytes long/,
  ],
  'NUL in its resource version': [
    one => ({ ...one, resourceVersion: '1\0' }),
    /metadata\.resourceVersion contains/,
  ],
  'a name that Kubernetes has not': [
    one => ({ ...one, ref: { ...one.ref, name: 'n'.repeat(254) } }),
    /metadata\.name is 254 bytes long; at most 253/,
  ],
  'a history that the reducer stumbles over': [
    // Another version of Argo CD, or a bug of ours, might produce this.
    one => JSON.parse(JSON.stringify({ ...one, history: [null] })),
    /can't be stored: .*null/,
  ],
};

/** Odd applications that can be stored. */
const ODD: Record<string, Change> = {
  'a number out of range': one => ({
    ...one,
    sources: [...one.sources, ...one.sources],
    history: one.history.map((entry, index) => ({
      ...entry,
      id: 1e300 + index,
      sources: [...entry.sources, ...entry.sources],
    })),
  }),
  'a message of 1 MB with NUL and half of a surrogate pair': one => ({
    ...one,
    health: { ...one.health, message: `\0\ud83d${'m'.repeat(LONG)}` },
  }),
  'dates that are none': one => ({
    ...one,
    history: one.history.map(entry => ({ ...entry, deployedAt: 'yesterday' })),
  }),
  'a repository with an address of 100,000 characters': one => ({
    ...one,
    sources: one.sources.map(source => ({
      ...source,
      repoUrl: `https://git.example.com/${'r'.repeat(100_000)}`,
    })),
    history: one.history.map(entry => ({
      ...entry,
      sources: entry.sources.map(source => ({
        ...source,
        repoUrl: `https://git.example.com/${'\0'.repeat(100)}`,
      })),
    })),
  }),
};

describe.each(databases.eachSupportedId())(
  'an invalid application on %s',
  id => {
    let applications: Application[];
    let database: DeliveryDatabase;
    beforeAll(async () => {
      applications = (await decode(readApplicationList().items)).slice(0, 10);
      database = await createDatabase(databases, id);
    });
    afterEach(async () => {
      for (const table of [
        'applications',
        'repositories',
        'outbox',
        'notices',
      ]) {
        await database.knex(table).delete();
      }
    });

    const listWith = (change: Change) =>
      applications.map((each, index) => (index === 4 ? change(each) : each));
    const names = (): Promise<string[]> =>
      database
        .knex('applications')
        .whereNull('gone_at')
        .orderBy('name')
        .pluck('name');
    const all = () => applications.map(({ ref }) => ref.name).sort();
    const others = () =>
      all().filter(name => name !== applications[4].ref.name);

    it.each(Object.keys(CULPRITS))(
      'with %s is set aside while the others are stored, and stored once it is fixed',
      async culprit => {
        const [change, reason] = CULPRITS[culprit];
        const tracker = createTracker(database);

        const setAside = await tracker.observeList({
          instance,
          applications: listWith(change),
          seenAt: SEEN_AT,
        });

        expect(setAside).toEqual([
          {
            ref: change(applications[4]).ref,
            reason: expect.stringMatching(reason),
          },
        ]);
        expect(setAside[0].reason.length).toBeLessThan(500);
        expect(await names()).toEqual(others());

        expect(
          await tracker.observeList({
            instance,
            applications,
            seenAt: SEEN_AT,
          }),
        ).toEqual([]);
        expect(await names()).toEqual(all());
      },
    );

    it.each(Object.keys(CULPRITS))(
      'with %s in an event is set aside, and its stored state is kept',
      async culprit => {
        const [change, reason] = CULPRITS[culprit];
        const tracker = createTracker(database);
        await tracker.observeList({ instance, applications, seenAt: SEEN_AT });
        const stored = () => database.knex('applications').orderBy('key');
        const before = await stored();
        const application = {
          ...change(applications[4]),
          ...(culprit.includes('resource version')
            ? {}
            : { resourceVersion: '99999999' }),
        };

        expect(
          await tracker.observeApplications([
            { kind: 'application-observed', application, seenAt: SEEN_AT },
          ]),
        ).toEqual([
          { ref: application.ref, reason: expect.stringMatching(reason) },
        ]);
        expect(await stored()).toEqual(before);
        // Its removal causes no problem, whether or not it was ever stored.
        expect(
          await tracker.observeApplications([
            {
              kind: 'application-gone',
              ref: application.ref,
              seenAt: SEEN_AT,
            },
          ]),
        ).toEqual([]);
      },
    );

    it.each(Object.keys(ODD))('with %s is stored', async odd => {
      const tracker = createTracker(database);

      expect(
        await tracker.observeList({
          instance,
          applications: listWith(ODD[odd]),
          seenAt: SEEN_AT,
        }),
      ).toEqual([]);

      expect(await names()).toEqual(all());
    });

    it('keeps its last state while it can’t be stored', async () => {
      const tracker = createTracker(database);
      await tracker.observeList({ instance, applications, seenAt: SEEN_AT });
      const [change] = CULPRITS['a project of 300 characters'];

      await tracker.observeList({
        instance,
        applications: listWith(one => ({
          ...change(one),
          resourceVersion: '99999999',
        })),
        seenAt: SEEN_AT,
      });

      expect(await names()).toEqual(all());
    });

    it('doesn’t hide a database failure', async () => {
      const tracker = createTracker(database);
      await database.knex.schema.renameTable('outbox', 'away');
      try {
        await expect(
          tracker.observeList({ instance, applications, seenAt: SEEN_AT }),
        ).rejects.toMatchObject({
          message: expect.stringContaining('outbox'),
        });
      } finally {
        await database.knex.schema.renameTable('away', 'outbox');
      }
    });
  },
);
