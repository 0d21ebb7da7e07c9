import {
  initialState,
  type KnownImage,
  type ReducerMemory,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { saveImages } from '../store/operations/images';
import { readRelevantImages, RECENT_IMAGES } from './relevantImages';

const databases = createTestDatabases();
const repository = 'registry.example.com/shop/api';
const AT = '2026-01-02T00:00:00.000Z';
const COUNT = RECENT_IMAGES + 20;

const image = (number: number, rest: Partial<KnownImage> = {}): KnownImage => ({
  repository,
  digest: `sha256:${String(number).padStart(64, '0')}`,
  tags: [`1.0.${number}`],
  pushedAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
  seenAt: AT,
  ...rest,
});

/** The memory of an application that runs the oldest image. */
const memory: ReducerMemory = {
  ...initialState({ instance: '', namespace: '', name: '' }).memory,
  runs: [
    {
      promotionId: 'p',
      repository,
      version: { tag: '1.0.0' },
      revisions: [],
      position: 1,
      rollback: false,
      parameters: false,
    },
  ],
};

describe.each(databases.eachSupportedId())('relevant images on %s', id => {
  async function relevant(
    removed: boolean,
    observations: Parameters<
      typeof readRelevantImages
    >[1][number]['observations'] = [],
  ) {
    const database = await createDatabase(databases, id);
    await saveImages(
      database.knex,
      Array.from({ length: COUNT }, (_, number) =>
        image(
          number,
          removed && number === 0 ? { removed, removedAt: AT } : {},
        ),
      ),
      AT,
    );
    const images = await database.transaction(tx =>
      readRelevantImages(tx, [
        {
          repositories: [repository],
          referenced: [{ repository, tag: '1.0.0' }],
          memory,
          observations,
        },
      ]),
    );
    return images.get(repository)?.map(({ tags }) => tags[0]);
  }

  it('are the latest and the referenced ones, oldest first', async () => {
    expect(await relevant(false)).toEqual([
      '1.0.0',
      ...Array.from(
        { length: RECENT_IMAGES },
        (_, index) => `1.0.${COUNT - RECENT_IMAGES + index}`,
      ),
    ]);
  });

  it('are all if the running version was removed: the updater goes back to the best', async () => {
    expect(await relevant(true)).toHaveLength(COUNT);
    expect(
      await relevant(false, [
        {
          kind: 'image-removed',
          repository,
          digest: image(0).digest,
          seenAt: AT,
        },
      ]),
    ).toHaveLength(COUNT);
  });
});
