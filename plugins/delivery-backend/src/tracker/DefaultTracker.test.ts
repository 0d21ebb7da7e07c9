import { setImmediate } from 'node:timers/promises';
import {
  applicationTopics,
  type Observation,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { acquireLease } from '../store/operations/leases';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { decode, observationsOf } from '../__testUtils__/observations';
import { readApplicationList } from '../__testUtils__/recordings';
import { createTracker, observe } from '../__testUtils__/trackers';

const databases = createTestDatabases();
const SEEN_AT = '2026-11-23T06:00:00.000Z';

async function promotionsOf(database: DeliveryDatabase): Promise<Promotion[]> {
  const documents: string[] = await database
    .knex('promotions')
    .orderBy('id')
    .pluck('document');
  return documents.map(document => JSON.parse(document));
}

async function signalsOf(database: DeliveryDatabase) {
  const messages: string[] = await database
    .knex('outbox')
    .orderBy('id')
    .pluck('message');
  return messages.map(message => JSON.parse(message));
}

describe.each(databases.eachSupportedId())('DefaultTracker on %s', id => {
  let observations: Observation[];
  beforeAll(async () => {
    observations = await observationsOf('helmvalues');
  });

  async function undisturbed() {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    for (const observation of observations) {
      await observe(tracker, observation);
    }
    return database;
  }

  it('follows a recorded promotion from push to live', async () => {
    const promotions = await promotionsOf(await undisturbed());

    const promoted = promotions.find(({ version }) => version.tag === '1.0.1');
    expect(promoted).toMatchObject({
      outcome: 'live',
      previous: { tag: '1.0.0' },
      stages: {
        pushed: { at: '2026-11-23T03:59:11.917Z', basis: 'reported' },
        committed: { basis: 'reported' },
        synced: { basis: 'reported' },
        healthy: { at: expect.stringContaining('2026-11-23T03:59:3') },
      },
      commit: {
        revision: '32b499d834d301ec2dbf314866bf7e1498937e20',
        author: 'argocd-image-updater <noreply@argoproj.io>',
      },
    });
    expect(promotions.filter(({ outcome }) => outcome === 'live')).toEqual([
      promoted,
    ]);
  });

  it('reaches the same state if the process restarts for each observation and each is repeated', async () => {
    const database = await createDatabase(databases, id);
    for (const observation of observations) {
      await observe(createTracker(database), observation);
      await observe(createTracker(database), observation);
    }

    expect(await promotionsOf(database)).toEqual(
      await promotionsOf(await undisturbed()),
    );
  });

  it('reaches the same state if two replicas race', async () => {
    const database = await createDatabase(databases, id);
    const [a, b] = [createTracker(database), createTracker(database)];
    for (const observation of observations) {
      await Promise.all([observe(a, observation), observe(b, observation)]);
    }

    expect(await promotionsOf(database)).toEqual(
      await promotionsOf(await undisturbed()),
    );
  });

  it('reaches the same state if two replicas read the same list at once', async () => {
    const list = {
      instance: 'main',
      applications: await decode(readApplicationList().items),
      seenAt: SEEN_AT,
    };
    const alone = await createDatabase(databases, id);
    await createTracker(alone).observeList(list);

    const database = await createDatabase(databases, id);
    await Promise.all(
      [createTracker(database), createTracker(database)].map(replica =>
        replica.observeList(list),
      ),
    );

    const rowsOf = (of: DeliveryDatabase) =>
      of.knex('applications').orderBy('key').select();
    expect(await rowsOf(database)).toEqual(await rowsOf(alone));
    expect(await promotionsOf(database)).toEqual(await promotionsOf(alone));
  });

  it('lets other work proceed while it writes a long list', async () => {
    const database = await createDatabase(databases, id);
    const [application] = await decode(readApplicationList().items.slice(0, 1));
    const applications = Array.from({ length: 1001 }, (_, index) => ({
      ...application,
      ref: { ...application.ref, name: `copy-${index}` },
    }));
    const seen = new Set<number>();
    let isOver = false;
    const others = (async () => {
      while (!isOver) {
        await setImmediate();
        const { count } = await database
          .knex('applications')
          .first(database.knex.raw('count(*) as count'));
        seen.add(Number(count));
      }
    })();

    await createTracker(database).observeList({
      instance: 'main',
      applications,
      seenAt: SEEN_AT,
    });
    isOver = true;
    await others;

    expect([...seen].filter(count => count > 0 && count < 1001)).not.toEqual(
      [],
    );
  });

  it('writes nothing of an observation if a part of it can’t be written', async () => {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    await database.knex.schema.renameTable('outbox', 'away');

    await expect(observe(tracker, observations[0])).rejects.toMatchObject({
      message: expect.stringContaining('outbox'),
    });
    expect(await database.knex('applications').select()).toEqual([]);
    expect(await promotionsOf(database)).toEqual([]);

    await database.knex.schema.renameTable('away', 'outbox');
    await observe(tracker, observations[0]);
    expect(await signalsOf(database)).toHaveLength(1);
  });

  it('leaves signals in the outbox if the process dies after the commit', async () => {
    const database = await createDatabase(databases, id);
    const dying = createTracker(database, {
      signalsAdded: () => {
        throw new Error('killed');
      },
    });

    await expect(observe(dying, observations[0])).rejects.toThrow('killed');

    const [first] = observations;
    if (first.kind !== 'application-observed') {
      throw new Error('The recording begins with an application');
    }
    expect(await signalsOf(database)).toEqual([
      {
        keys: [applicationKey(first.application.ref)],
        appeared: true,
        instances: false,
        topics: applicationTopics(first.application),
      },
    ]);
  });

  it('requests each revision until it is resolved', async () => {
    const database = await createDatabase(databases, id);
    const revisionsRequested = jest.fn();
    const tracker = createTracker(database, { revisionsRequested });

    await observe(tracker, observations[0]);
    // The revision of its history; the application is in sync with the branch's
    // head.
    expect(await database.knex('revision_requests').pluck('revision')).toEqual([
      'd32a0714e2af32cb296fa5082d87d51ae34edb2c',
    ]);
    expect(revisionsRequested).toHaveBeenCalledWith('main');

    const request = await database.knex('revision_requests').first();
    await tracker.observeRevision({
      kind: 'revision-resolved',
      repoUrl: request.repo_url,
      revision: request.revision,
      author: 'Chris <chris@example.com>',
      date: '2026-11-23T03:00:00Z',
      message: 'one',
      seenAt: SEEN_AT,
    });

    expect(await database.knex('revision_requests').select()).toEqual([]);
    expect(await database.knex('revisions').pluck('author')).toEqual([
      'Chris <chris@example.com>',
    ]);
  });

  it('refuses observations of a replica that lost its lease', async () => {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const [first] = observations;
    if (first.kind !== 'application-observed') {
      throw new Error('The recording begins with an application');
    }
    await acquireLease(database.knex, { name: 'l', owner: 'a', ttlMs: 60_000 });

    await expect(
      tracker.observeApplications([first], { name: 'l', owner: 'b' }),
    ).rejects.toThrow("Another replica holds the lease 'l'");
    expect(await database.knex('applications').select()).toEqual([]);

    await tracker.observeApplications([first], { name: 'l', owner: 'a' });
    expect(await database.knex('applications').select()).toHaveLength(1);
  });

  describe('a list', () => {
    const instance = 'main';

    it('is written once, and marks applications missing from it as gone', async () => {
      const applications = await decode(readApplicationList().items);
      const database = await createDatabase(databases, id);
      const tracker = createTracker(database);

      await tracker.observeList({ instance, applications, seenAt: SEEN_AT });
      expect(applications.length).toBeGreaterThan(20);
      expect(await database.knex('applications').select()).toHaveLength(
        applications.length,
      );
      await database.knex('outbox').delete();

      await tracker.observeList({ instance, applications, seenAt: SEEN_AT });
      expect(await signalsOf(database)).toEqual([]);

      const [gone, unread, ...rest] = applications;
      await tracker.observeList({
        instance,
        applications: rest,
        unread: [unread.ref],
        seenAt: SEEN_AT,
      });
      expect(
        await database
          .knex('applications')
          .whereNotNull('gone_at')
          .pluck('name'),
      ).toEqual([gone.ref.name]);
      expect(await signalsOf(database)).toEqual([
        {
          keys: [applicationKey(gone.ref)],
          appeared: true,
          instances: false,
          topics: applicationTopics(gone),
        },
      ]);
    });

    it('is stored completely even if it doesn’t fit in one transaction', async () => {
      const [model] = await decode(readApplicationList().items.slice(0, 1));
      const applications = Array.from({ length: 250 }, (_, index) => ({
        ...model,
        uid: `${model.uid}-${index}`,
        ref: { ...model.ref, name: `api-${index}` },
      }));
      const database = await createDatabase(databases, id);

      await createTracker(database).observeList({
        instance,
        applications,
        seenAt: SEEN_AT,
      });

      expect(await database.knex('applications').select()).toHaveLength(250);
      expect(
        await database.knex('application_repositories').select(),
      ).toHaveLength(250);
      expect(await database.knex('repositories').select()).toHaveLength(1);
    });
  });

  describe('an image', () => {
    it('reaches every application that uses its repository, and is not stored without one', async () => {
      const [first] = observations;
      if (first.kind !== 'application-observed') {
        throw new Error('The recording begins with an application');
      }
      const model = first.application;
      const applications = ['api-dev', 'api-prod'].map(name => ({
        ...model,
        uid: name,
        ref: { ...model.ref, name },
      }));
      const database = await createDatabase(databases, id);
      const tracker = createTracker(database);
      const [repository] = model.images.map(image => image.split(':')[0]);
      const read = {
        images: [
          {
            repository,
            digest: `sha256:${'1'.repeat(64)}`,
            tags: ['1.0.9'],
            pushedAt: '2026-11-23T06:01:00.000Z',
          },
        ],
        seenAt: '2026-11-23T06:01:02.000Z',
      };

      await tracker.observeRepository({ repository, ...read });
      expect(await database.knex('images').select()).toEqual([]);

      await tracker.observeList({
        instance: 'main',
        applications,
        seenAt: SEEN_AT,
      });
      await tracker.observeRepository({ repository, ...read });

      expect(await database.knex('images').pluck('tags')).toEqual([
        '["1.0.9"]',
      ]);
      const pushed = (await promotionsOf(database)).filter(
        ({ version }) => version.tag === '1.0.9',
      );
      expect(pushed.map(({ application }) => application.name).sort()).toEqual([
        'api-dev',
        'api-prod',
      ]);
      await database.knex('outbox').delete();

      await tracker.observeRepository({ repository, ...read });
      expect(await signalsOf(database)).toEqual([]);

      // An image that no policy selects opens no promotion, but is listed.
      await observe(tracker, {
        kind: 'image-pushed',
        repository,
        digest: `sha256:${'2'.repeat(64)}`,
        tags: ['nightly'],
        seenAt: '2026-11-23T06:02:02.000Z',
      });
      const signals = await signalsOf(database);
      expect(signals.flatMap(({ keys }) => keys)).toHaveLength(2);
    });
  });
});
