import { mockServices } from '@backstage/backend-test-utils';
import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import type {
  ListImagesOptions,
  RegistryEvent,
  RegistryImage,
  RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { observationsOf } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { waitFor } from '../__testUtils__/waitFor';
import {
  readChildren,
  readImageDetails,
} from '../store/operations/imageDetails/imageDetails';
import { readImages } from '../store/operations/images/images';
import { RegistryPoller } from './RegistryPoller';

const databases = createTestDatabases();
const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

const image = (number: number): RegistryImage => ({
  repository: REPOSITORY,
  digest: `sha256:${String(number).repeat(64)}`,
  tags: [`1.0.${number}`],
  pushedAt: `2026-11-23T03:0${number}:00.000Z`,
});
const push = (number: number): RegistryEvent => ({
  id: `event-${number}`,
  action: 'push',
  repository: REPOSITORY,
  digest: image(number).digest,
  tag: `1.0.${number}`,
  at: `2026-11-23T03:0${number}:00.000Z`,
});

class ListedRegistry implements RegistrySource {
  reads = 0;
  images: RegistryImage[] = [];
  failure?: Error;
  isCovered = true;
  covers(repository: string) {
    return this.isCovered && repository.includes('.ecr.');
  }
  scanned: readonly string[] = [];
  builds?: RegistryImage['builds'];
  /** Digests of which builds were asked for, one list for each read. */
  readonly asked: string[][] = [];
  async listImages(
    _: string,
    { scanned = [], buildsOf = () => false }: ListImagesOptions,
  ) {
    this.reads += 1;
    this.scanned = scanned;
    const wanted = this.images.filter(buildsOf);
    this.asked.push(wanted.map(({ digest }) => digest));
    if (this.builds) {
      const { builds } = this;
      return this.images.map(each =>
        wanted.includes(each) ? { ...each, builds } : each,
      );
    }
    if (this.failure) {
      throw this.failure;
    }
    return this.images;
  }
}

describe.each(databases.eachSupportedId())('RegistryPoller on %s', id => {
  let first: Observation;
  let poller: RegistryPoller;

  beforeAll(async () => {
    [first] = await observationsOf('helmvalues');
  });

  afterEach(() => poller.stop());

  async function setUp(options: { withApplication: boolean }) {
    const database = await createDatabase(databases, id);
    const registry = new ListedRegistry();
    const tracker = createTracker(database, {
      repositoriesAdded: () => poller.kick(),
    });
    const logger = mockServices.logger.mock();
    poller = RegistryPoller.create({
      registry,
      database,
      tracker,
      logger,
      pollIntervalMs: 300_000,
    });
    if (options.withApplication) {
      await observe(tracker, first);
    }
    const tags = () =>
      database
        .knex('images')
        .whereNull('removed_at')
        .orderBy('digest')
        .pluck('tags');
    return { database, registry, tracker, logger, tags };
  }

  it('reads a repository at once when an application comes that has it, and then at intervals', async () => {
    const { database, registry, tracker, tags } = await setUp({
      withApplication: false,
    });
    registry.images = [image(1)];
    poller.start();

    await observe(tracker, first);

    await waitFor(async () => expect(await tags()).toEqual(['["1.0.1"]']));
    expect(registry.reads).toBe(1);
    await waitFor(async () => {
      const { next_read_at: next } = await database
        .knex('repositories')
        .first();
      const wait = Date.parse(next) - Date.now();
      expect(wait).toBeGreaterThan(260_000);
      expect(wait).toBeLessThan(340_000);
    });

    registry.images = [image(2)];
    await database
      .knex('repositories')
      .update({ next_read_at: '2026-01-01T00:00:00.000Z' });
    poller.kick();
    await waitFor(async () => expect(await tags()).toEqual(['["1.0.2"]']));
  });

  it('keeps what the registry tells of images, also when a scan ends', async () => {
    const { database, registry } = await setUp({ withApplication: true });
    const scanned = {
      ...image(1),
      sizeInBytes: 1500,
      scan: { status: 'IN_PROGRESS' },
    };
    const kept = async () => {
      const detailsOf = await readImageDetails(database.knex, [scanned]);
      return detailsOf(REPOSITORY, scanned.digest);
    };
    registry.images = [scanned, image(2)];
    await poller.hint(push(1));
    expect(await kept()).toEqual({
      sizeInBytes: 1500,
      scan: { status: 'IN_PROGRESS' },
    });

    const scan = { status: 'COMPLETE', severities: { CRITICAL: 1 } };
    registry.images = [{ ...scanned, scan }, image(2)];
    await poller.hint({ ...push(1), id: 'scan', action: 'scan' });
    expect(await kept()).toEqual({ sizeInBytes: 1500, scan });
    expect(registry.scanned).toEqual([scanned.digest]);

    // Without a registry to read, a scan says nothing of what there is.
    registry.isCovered = false;
    await poller.hint({ ...push(3), id: 'other', action: 'scan' });
    expect(await database.knex('images').pluck('digest')).toHaveLength(2);
  });

  it('tells the parts of an index from versions, also those that came before it', async () => {
    const { database, registry } = await setUp({ withApplication: true });
    const child: RegistryImage = { ...image(1), tags: [] };
    const index: RegistryImage = {
      ...image(2),
      children: [{ digest: child.digest, platform: 'linux/arm64' }],
    };
    const isChild = async () => {
      const isOne = await readChildren(database.knex, [REPOSITORY]);
      return [child, index].map(({ digest }) => isOne(REPOSITORY, digest));
    };
    registry.images = [child];
    await poller.hint(push(1));
    expect(await isChild()).toEqual([false, false]);

    registry.images = [index, { ...child, childOf: [index.digest] }];
    await poller.hint(push(2));
    expect(await isChild()).toEqual([true, false]);
    const detailsOf = await readImageDetails(database.knex, [index, child]);
    expect(detailsOf(REPOSITORY, index.digest)).toEqual({
      children: index.children,
    });
    expect(detailsOf(REPOSITORY, child.digest)).toEqual({
      childOf: [index.digest],
    });

    registry.images = [child];
    await poller.hint({ ...push(2), id: 'gone', action: 'delete' });
    expect(await isChild()).toEqual([false, false]);
  });

  it('reads later again what it could not read, and says so once', async () => {
    const { database, registry, logger, tags } = await setUp({
      withApplication: true,
    });
    registry.failure = new Error('Rate exceeded');
    poller.start();

    for (const failures of [1, 2]) {
      await waitFor(async () =>
        expect(await database.knex('repositories').first()).toMatchObject({
          failures,
          error: expect.stringContaining('Rate exceeded'),
        }),
      );
      await database
        .knex('repositories')
        .update({ next_read_at: '2026-01-01T00:00:00.000Z' });
      if (failures === 2) {
        registry.failure = undefined;
        registry.images = [image(1)];
      }
      poller.kick();
    }

    await waitFor(async () => expect(await tags()).toEqual(['["1.0.1"]']));
    await waitFor(async () =>
      expect(await database.knex('repositories').first()).toMatchObject({
        failures: 0,
        error: null,
      }),
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('answers a burst of events with one read', async () => {
    const { registry, tags } = await setUp({ withApplication: true });
    registry.images = [image(1), image(2)];

    await Promise.all(
      [push(1), push(2), push(2)].map(event => poller.hint(event)),
    );

    expect(registry.reads).toBe(1);
    expect(await tags()).toEqual(['["1.0.1"]', '["1.0.2"]']);
  });

  it('believes the event itself where the registry can’t be read', async () => {
    const { database, registry, tags } = await setUp({ withApplication: true });
    registry.failure = new Error('away');

    await poller.hint(push(1));
    await poller.hint(push(1));
    expect(await tags()).toEqual(['["1.0.1"]']);
    expect(await database.knex('images').pluck('pushed_at')).toEqual([
      push(1).at,
    ]);

    await poller.hint({
      ...push(1),
      id: 'gone',
      action: 'delete',
      tag: undefined,
      at: push(3).at,
    });
    expect(await tags()).toEqual([]);

    // Delivered again, or told late.
    await poller.hint(push(1));
    await poller.hint({ ...push(1), id: 'told late', at: push(2).at });
    expect(await tags()).toEqual([]);

    await poller.hint({ ...push(1), id: 'pushed again', at: push(4).at });
    expect(await tags()).toEqual(['["1.0.1"]']);
  });

  it('reads nothing for a repository that no application has', async () => {
    const { database, registry } = await setUp({ withApplication: false });

    await poller.hint(push(1));

    expect(registry.reads).toBe(0);
    expect(await database.knex('images').select()).toEqual([]);
  });

  it.each([
    ['the registry answers', true],
    ['nobody answers for the registry', false],
  ])(
    'makes the same of 10,000 doubled events in any order as of each once, when %s',
    async (_, isCovered) => {
      const stored = async (events: RegistryEvent[]) => {
        const { database, registry } = await setUp({ withApplication: true });
        registry.isCovered = isCovered;
        registry.images = Array.from({ length: 9 }, (__, index) =>
          image(index),
        );
        await Promise.all(events.map(event => poller.hint(event)));
        return database
          .knex('images')
          .orderBy('digest')
          .select('repository', 'digest', 'tags', 'pushed_at', 'removed_at');
      };
      const once = Array.from({ length: 9 }, (__, index) => push(index));
      const many = Array.from(
        { length: 10_000 },
        (__, index) => once[(index * 7 + Math.floor(index / 9)) % 9],
      );
      expect(await stored(many)).toEqual(await stored(once));
      expect(await stored(once)).toHaveLength(9);
    },
    60_000,
  );

  it('asks when images were built where a policy goes by it, and no more once that is known', async () => {
    const { database, registry, tracker } = await setUp({
      withApplication: true,
    });
    registry.images = [image(1), image(2)];
    poller.start();
    await waitFor(async () => expect(registry.asked).toEqual([[]]));

    // The policy changes: the repository is read at once.
    const builds = [
      { platform: 'linux/amd64', builtAt: '2026-11-23T03:00:00Z' },
    ];
    registry.builds = builds;
    await observe(tracker, byNewestBuild(first));
    await waitFor(async () => expect(registry.reads).toBe(2));
    expect(registry.asked[1].sort()).toEqual([
      image(1).digest,
      image(2).digest,
    ]);
    const known = await waitFor(async () => {
      const found = (await readImages(database.knex, [REPOSITORY])).get(
        REPOSITORY,
      );
      expect(found?.map(each => each.builds)).toEqual([builds, builds]);
      return found;
    });
    expect(known).toHaveLength(2);

    registry.images = [image(1), image(2), image(3)];
    await poller.hint(push(3));
    expect(registry.asked[2]).toEqual([image(3).digest]);
  });
});

/** The application with another policy for its images. */
function byNewestBuild(observation: Observation): Observation {
  if (observation.kind !== 'application-observed') {
    throw new Error(`${observation.kind} has no application`);
  }
  const { application } = observation;
  const prefix = 'argocd-image-updater.argoproj.io';
  return {
    ...observation,
    application: {
      ...application,
      resourceVersion: `${application.resourceVersion}1`,
      annotations: {
        ...application.annotations,
        [`${prefix}/image-list`]: `app=${REPOSITORY}`,
        [`${prefix}/app.update-strategy`]: 'newest-build',
      },
    },
  };
}
