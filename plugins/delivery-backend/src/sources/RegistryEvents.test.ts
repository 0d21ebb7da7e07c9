import { mockServices } from '@backstage/backend-test-utils';
import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { recordMetrics } from '../__testUtils__/metrics';
import { observationsOf } from '../__testUtils__/observations';
import {
  image,
  ListedRegistry,
  push,
  REPOSITORY,
} from '../__testUtils__/pollers';
import { createTracker, observe } from '../__testUtils__/trackers';
import { trafficOf } from '../__testUtils__/traffic';
import { waitFor } from '@landfall/testing-kit';
import { RegistryEvents } from './RegistryEvents';
import { RepositoryReader } from './RepositoryReader';

const databases = createTestDatabases();

/** `opened` resolves once `open` is called. */
function createGate() {
  let open: () => void = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { opened, open };
}

describe.each(databases.eachSupportedId())('RegistryEvents on %s', id => {
  let first: Observation;

  beforeAll(async () => {
    [first] = await observationsOf('helmvalues');
  });

  async function setUp(
    options: { eventReadTimeoutMs?: number; maxRepositories?: number } = {},
  ) {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    await observe(tracker, first);
    const registry = new ListedRegistry();
    registry.images = [image(1), image(2), image(3)];
    const logger = mockServices.logger.mock();
    const { metrics, measured } = recordMetrics();
    const common = { registry, database, tracker };
    const reader = RepositoryReader.create({
      ...common,
      logger,
      pollIntervalMs: 300_000,
    });
    const events = RegistryEvents.create({
      ...common,
      ...options,
      reader,
      logger,
      metrics,
    });
    const digests = () =>
      database.knex('images').orderBy('digest').pluck('digest');
    return { database, registry, reader, events, logger, measured, digests };
  }

  it('runs one read per repository, and one more for all events during it', async () => {
    const { registry, events, digests } = await setUp();
    const gate = createGate();
    registry.meanwhile = () => gate.opened;

    const done = [events.add(push(1))];
    await waitFor(() => expect(registry.reads).toBe(1));
    for (const number of [2, 3, 4, 5, 6]) {
      done.push(events.add(push(number)));
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(registry.reads).toBe(1);
    gate.open();
    await Promise.all(done);

    expect(registry.reads).toBe(2);
    expect(await digests()).toHaveLength(3);
  });

  it('goes before reads at intervals, with a time limit from the start of the read', async () => {
    const { registry, reader, events, logger, digests } = await setUp({
      eventReadTimeoutMs: 100,
    });
    const [gate, others] = [createGate(), createGate()];
    const order: string[] = [];
    const crawl = (name: string, work: () => Promise<void>) =>
      reader.limit(
        async () => {
          order.push(name);
          await work();
        },
        { priority: 'interval' },
      );
    const crawls = ['a', 'b', 'c'].map(name =>
      crawl(name, () => (name === 'a' ? gate.opened : others.opened)),
    );
    crawls.push(crawl('last', async () => {}));
    registry.meanwhile = async () => {
      order.push('event');
    };

    const done = events.add(push(1));
    // Wait longer than the time limit of a read.
    const queuedAt = Date.now();
    await waitFor(() => expect(Date.now() - queuedAt).toBeGreaterThan(400));
    expect(order).toEqual(['a', 'b', 'c']);
    gate.open();
    await done;
    others.open();
    await Promise.all(crawls);

    expect(order).toEqual(['a', 'b', 'c', 'event', 'last']);
    expect(logger.warn).not.toHaveBeenCalled();
    expect(await digests()).toHaveLength(3);
  });

  it('uses the event’s data when the registry does not answer in time, and warns once', async () => {
    const { registry, events, logger, measured, digests } = await setUp({
      eventReadTimeoutMs: 20,
    });
    for (const number of [1, 2]) {
      registry.meanwhile = () => new Promise(() => {});
      await events.add(push(number));
    }

    expect(await digests()).toEqual([image(1).digest, image(2).digest]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(measured).toContainEqual({
      name: 'delivery.read.failures',
      value: 1,
      labels: { source: 'registry' },
    });
  });

  it('stores the events of a repository in one transaction', async () => {
    const { database, registry, events, digests } = await setUp({
      eventReadTimeoutMs: 20,
    });
    registry.meanwhile = () => new Promise(() => {});

    const { statements } = await trafficOf(database.knex, () =>
      Promise.all([1, 2, 3].map(number => events.add(push(number)))),
    );

    expect(await digests()).toHaveLength(3);
    expect(
      statements.filter(sql => /^insert into .images/.test(sql)),
    ).toHaveLength(1);
  });

  it('drops events beyond the limit, and marks their repositories due', async () => {
    const { database, registry, events, measured } = await setUp({
      maxRepositories: 1,
    });
    const later = '2999-01-01T00:00:00.000Z';
    await database.knex('repositories').update({ next_read_at: later });
    const other = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/other';

    const pending = events.add({ ...push(1), repository: other });
    await events.add(push(1));

    expect(
      await database
        .knex('repositories')
        .where({ repository: REPOSITORY })
        .pluck('next_read_at'),
    ).not.toEqual([later]);
    expect(registry.reads).toBe(0);
    expect(measured).toContainEqual({
      name: 'delivery.queue.dropped',
      value: 1,
      labels: { queue: 'registry-events' },
    });
    await pending;
  });
});
