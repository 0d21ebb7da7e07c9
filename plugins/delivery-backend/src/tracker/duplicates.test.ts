import type {
  ImageUpdaterResource,
  Observation,
} from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { firstObservation } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { saveImageDetails } from '../store/operations/imageDetails';
import { replaceImageUpdaters } from '../store/operations/imageUpdaters';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('an item listed twice on %s', id => {
  let first: Extract<Observation, { kind: 'application-observed' }>;
  beforeAll(async () => {
    first = await firstObservation('helmvalues');
  });

  it('is one image with all of its tags, even after another read', async () => {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    await observe(tracker, first);
    const [repository] = first.application.images.map(
      image => image.split(':')[0],
    );
    const image: RegistryImage = {
      repository,
      digest: `sha256:${'1'.repeat(64)}`,
      tags: ['1.0.9'],
      pushedAt: '2026-11-23T06:01:00.000Z',
      sizeInBytes: 1,
    };
    const images = [image, { ...image, tags: ['nightly'] }];

    for (const seenAt of [
      '2026-11-23T06:01:02.000Z',
      '2026-11-23T06:02:02.000Z',
    ]) {
      expect(
        await tracker.observeRepository({ repository, images, seenAt }),
      ).toEqual([]);
      await database.transaction(tx =>
        saveImageDetails(
          tx,
          repository,
          images.map(each => ({ ...each, sizeInBytes: Date.parse(seenAt) })),
        ),
      );
    }

    expect(await database.knex('images').pluck('tags')).toEqual([
      '["1.0.9","nightly"]',
    ]);
    expect(await database.knex('image_details').select()).toHaveLength(1);
  });

  it('is one application', async () => {
    const database = await createDatabase(databases, id);
    const { application, seenAt } = first;

    expect(
      await createTracker(database).observeList({
        instance: application.ref.instance,
        applications: [application, application],
        seenAt,
      }),
    ).toEqual([]);

    expect(await database.knex('applications').select()).toHaveLength(1);
  });

  it('is one ImageUpdater, without patterns that match nothing', async () => {
    const database = await createDatabase(databases, id);
    const updater: ImageUpdaterResource = {
      namespace: 'argocd',
      name: 'updater',
      spec: {
        applicationRefs: [
          { namePattern: 'api' },
          { namePattern: 'api' },
          { namePattern: 'x'.repeat(1000) },
          { namePattern: `${'x'.repeat(1000)}*` },
          { namePattern: '\0' },
        ],
      },
    };
    const unnamed = { ...updater, name: 'n'.repeat(1000) };

    await database.transaction(tx =>
      replaceImageUpdaters(tx, {
        instance: 'main',
        manager: 'manager',
        updaters: [updater, updater, unnamed],
      }),
    );

    expect(await database.knex('image_updaters').pluck('name')).toEqual([
      'updater',
    ]);
    expect(
      await database
        .knex('image_updater_patterns')
        .orderBy('application')
        .pluck('application'),
    ).toEqual(['', 'api']);
  });
});
