import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';
import { createTestDatabases } from '../__testUtils__/databases';
import { image, push, REPOSITORY, usePollers } from '../__testUtils__/pollers';
import { observe } from '../__testUtils__/trackers';
import { holdLease } from '../__testUtils__/leases';
import { waitFor } from '@landfall/testing-kit';
import { readRepositoryStates } from '../store/operations/annotatedRepositories';
import { readImageDetails } from '../store/operations/imageDetails';
import { readPresentImages } from '../store/operations/images';
import { markDue } from '../store/operations/repositories';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('RegistryPoller on %s', id => {
  const pollers = usePollers(databases, id);

  it('reads a repository at once when an application starts to use it, then at intervals', async () => {
    const { database, registry, tracker, tags, poller } = await pollers.setUp({
      withApplication: false,
    });
    registry.images = [image(1)];
    poller.start(await holdLease(database));

    await observe(tracker, pollers.first);

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
    poller.trigger();
    await waitFor(async () => expect(await tags()).toEqual(['["1.0.2"]']));
  });

  it('stores whether tags are immutable, and keeps it while it can’t be read', async () => {
    const { database, registry, poller } = await pollers.setUp({
      withApplication: true,
    });
    registry.mutability = { isMutable: false, exceptions: ['dev-*'] };
    poller.start(await holdLease(database));
    const state = async () =>
      (await readRepositoryStates(database.knex, [REPOSITORY])).at(0);
    await waitFor(async () =>
      expect((await state())?.tagMutability).toEqual({
        isMutable: false,
        exceptions: ['dev-*'],
      }),
    );

    registry.mutability = undefined;
    await markDue(database.knex, REPOSITORY);
    poller.trigger();
    await waitFor(async () => expect(registry.reads).toBeGreaterThan(1));
    expect((await state())?.tagMutability?.isMutable).toBe(false);
  });

  it('stores image details, and updates them when a scan ends', async () => {
    const { database, registry, poller } = await pollers.setUp({
      withApplication: true,
    });
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
    await poller.handleEvent(push(1));
    expect(await kept()).toEqual({
      sizeInBytes: 1500,
      scan: { status: 'IN_PROGRESS' },
    });

    const scan = { status: 'COMPLETE', severities: { CRITICAL: 1 } };
    registry.images = [{ ...scanned, scan }, image(2)];
    await poller.handleEvent({ ...push(1), id: 'scan', action: 'scan' });
    expect(await kept()).toEqual({ sizeInBytes: 1500, scan });
    expect(registry.scanned).toEqual([scanned.digest]);

    // If the registry can't be read, a scan event doesn't show which images
    // exist.
    registry.isCovered = false;
    await poller.handleEvent({ ...push(3), id: 'other', action: 'scan' });
    expect(await database.knex('images').pluck('digest')).toHaveLength(2);
  });

  it('distinguishes the children of an index from versions, even if they arrive first', async () => {
    const { database, registry, poller } = await pollers.setUp({
      withApplication: true,
    });
    const child: RegistryImage = { ...image(1), tags: [] };
    const index: RegistryImage = {
      ...image(2),
      children: [{ digest: child.digest, platform: 'linux/arm64' }],
    };
    const isChild = async () => {
      const children = await database
        .knex('image_details')
        .where({ is_child: 1 })
        .pluck('digest');
      return [child, index].map(({ digest }) => children.includes(digest));
    };
    registry.images = [child];
    await poller.handleEvent(push(1));
    expect(await isChild()).toEqual([false, false]);

    registry.images = [index, { ...child, childOf: [index.digest] }];
    await poller.handleEvent(push(2));
    expect(await isChild()).toEqual([true, false]);
    const detailsOf = await readImageDetails(database.knex, [index, child]);
    expect(detailsOf(REPOSITORY, index.digest)).toEqual({
      children: index.children,
    });
    expect(detailsOf(REPOSITORY, child.digest)).toEqual({
      childOf: [index.digest],
    });

    registry.images = [child];
    await poller.handleEvent({ ...push(2), id: 'gone', action: 'delete' });
    expect(await isChild()).toEqual([false, false]);
  });

  it('retries a failed read later, and warns once', async () => {
    const { database, registry, logger, tags, poller } = await pollers.setUp({
      withApplication: true,
    });
    registry.failure = new Error('Rate exceeded');
    poller.start(await holdLease(database));

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
      poller.trigger();
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

  it('gives up on a registry that does not answer, and continues', async () => {
    const { database, registry, tags, poller } = await pollers.setUp({
      withApplication: true,
      readTimeoutMs: 20,
    });
    registry.images = [image(1)];
    registry.meanwhile = () => new Promise(() => {});
    poller.start(await holdLease(database));
    await waitFor(async () =>
      expect(await database.knex('repositories').first()).toMatchObject({
        failures: 1,
        error: expect.stringContaining(
          `did not list the images of ${REPOSITORY} within 0.02 s`,
        ),
      }),
    );
    await database
      .knex('repositories')
      .update({ next_read_at: '2026-01-01T00:00:00.000Z' });
    poller.trigger();
    await waitFor(async () => expect(await tags()).toEqual(['["1.0.1"]']));
  });

  it('passes known tags to the registry, and keeps details that it couldn’t read', async () => {
    const { database, registry, tags, poller } = await pollers.setUp({
      withApplication: true,
    });
    const part: RegistryImage = { ...image(3), tags: [] };
    registry.images = [{ ...image(1), sizeInBytes: 1500 }, image(2), part];
    await poller.handleEvent(push(1));
    expect(registry.knownTags).toEqual(new Map());

    // Without the details of all images, it isn't known which index parts exist.
    registry.images = [{ ...image(1), detailsUnread: true }];
    await poller.handleEvent({ ...push(2), id: 'gone', action: 'delete' });
    expect(registry.knownTags).toEqual(
      new Map([
        ['1.0.1', image(1).digest],
        ['1.0.2', image(2).digest],
      ]),
    );
    expect(await tags()).toEqual(['["1.0.1"]', '[]']);
    const detailsOf = await readImageDetails(database.knex, [image(1)]);
    expect(detailsOf(REPOSITORY, image(1).digest)).toEqual({
      sizeInBytes: 1500,
    });

    registry.images = [image(1)];
    await poller.handleEvent({ ...push(3), id: 'gone too', action: 'delete' });
    expect(registry.knownTags).toEqual(new Map([['1.0.1', image(1).digest]]));
    expect(await tags()).toEqual(['["1.0.1"]']);
  });

  it('reads a repository again if that was requested during a read', async () => {
    const { database, registry, poller } = await pollers.setUp({
      withApplication: true,
    });
    registry.images = [image(1)];
    registry.meanwhile = () => markDue(database.knex, REPOSITORY);
    poller.start(await holdLease(database));
    await waitFor(() => expect(registry.reads).toBe(2));
  });

  it('reads build times only where a policy needs them, and only once', async () => {
    const { database, registry, tracker, poller } = await pollers.setUp({
      withApplication: true,
    });
    registry.images = [image(1), image(2)];
    poller.start(await holdLease(database));
    await waitFor(async () => expect(registry.asked).toEqual([[]]));

    // The policy changes, so the repository is read at once.
    const builds = [
      { platform: 'linux/amd64', builtAt: '2026-11-23T03:00:00Z' },
    ];
    registry.builds = builds;
    await observe(tracker, byNewestBuild(pollers.first));
    await waitFor(async () => expect(registry.asked).toHaveLength(2));
    expect(registry.asked[1].sort()).toEqual([
      image(1).digest,
      image(2).digest,
    ]);
    const known = await waitFor(async () => {
      const found = await readPresentImages(database.knex, REPOSITORY);
      expect(found.map(each => each.builds)).toEqual([builds, builds]);
      return found;
    });
    expect(known).toHaveLength(2);

    registry.images = [image(1), image(2), image(3)];
    await poller.handleEvent(push(3));
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
