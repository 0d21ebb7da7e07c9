import { mockServices } from '@backstage/backend-test-utils';
import type { EventsServiceSubscribeOptions } from '@backstage/plugin-events-node';
import {
  ecrHosts,
  type RegistryImage,
  type RegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { observationsOf } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { RegistryPoller } from '../sources/RegistryPoller';
import { subscribeEcrEvents } from './subscribeEcrEvents';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const EVENTS = 10_000;
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 0x7fffffff);

const digestOf = (number: number) => `sha256:${String(number).repeat(64)}`;

interface Step {
  action: 'PUSH' | 'DELETE' | 'SCAN';
  digest: number;
  tag?: number;
}

/** Actions in a repository, one per second, on an image or one of its tags. */
const story: fc.Arbitrary<Step[]> = fc.array(
  fc.record(
    {
      action: fc.constantFrom('PUSH', 'PUSH', 'PUSH', 'DELETE', 'SCAN'),
      digest: fc.nat({ max: 6 }),
      tag: fc.nat({ max: 4 }),
    },
    { requiredKeys: ['action', 'digest'] },
  ),
  { minLength: 12, maxLength: 16 },
);

/** An event as EventBridge sends it. */
function toEvent({ action, digest, tag }: Step, index: number): object {
  const isScan = action === 'SCAN';
  return {
    id: `event-${index}`,
    source: 'aws.ecr',
    account: '123456789012',
    region: 'eu-west-1',
    time: new Date(Date.UTC(2026, 10, 23, 12, 0, index)).toISOString(),
    'detail-type': isScan ? 'ECR Image Scan' : 'ECR Image Action',
    detail: {
      'repository-name': 'shop/api',
      'image-digest': digestOf(digest),
      ...(isScan
        ? { 'scan-status': 'COMPLETE' }
        : { result: 'SUCCESS', 'action-type': action }),
      ...(tag !== undefined && { 'image-tag': `1.${tag}` }),
    },
  };
}

/** The events, each many times, in an order that the seed determines. */
function jumbled(events: object[], seed: number): object[] {
  const rankOf = (index: number) =>
    createHash('md5').update(`${seed}/${index}`).digest('hex');
  return Array.from({ length: EVENTS }, (_, index) => ({
    rank: rankOf(index),
    event: events[index % events.length],
  }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ event }) => event);
}

/** The images that the registry has after all steps. */
function outcomeOf(steps: Step[]): RegistryImage[] {
  const images = new Map<number, Set<number>>();
  const untag = (tag: number | undefined) =>
    images.forEach(tags => tag !== undefined && tags.delete(tag));
  for (const { action, digest, tag } of steps) {
    if (action === 'PUSH') {
      untag(tag);
      const tags = images.get(digest) ?? new Set();
      images.set(digest, tag === undefined ? tags : tags.add(tag));
    } else if (action === 'DELETE') {
      untag(tag);
      if (tag === undefined) {
        images.delete(digest);
      }
    }
  }
  return [...images].map(([digest, tags]) => ({
    repository: REPOSITORY,
    digest: digestOf(digest),
    tags: [...tags].sort().map(tag => `1.${tag}`),
    pushedAt: '2026-11-23T12:00:00.000Z',
  }));
}

describe(`${EVENTS} ECR events, duplicated and in any order (seed ${SEED})`, () => {
  const databases = createTestDatabases();

  /** Handles the events, all at once or one by one, and returns what is stored. */
  async function storedAfter(
    events: object[],
    options: { isOneByOne: boolean; images: RegistryImage[] | undefined },
  ) {
    const database = await createDatabase(databases, 'SQLITE_3');
    const tracker = createTracker(database);
    const [application] = await observationsOf('helmvalues');
    await observe(tracker, application);
    const { images } = options;
    const registry: RegistrySource = {
      covers: () => images !== undefined,
      listImages: async () => images ?? [],
    };
    const logger = mockServices.logger.mock();
    const poller = RegistryPoller.create({
      registry,
      database,
      tracker,
      logger,
      pollIntervalMs: 300_000,
    });
    const followed: Promise<void>[] = [];
    const subscriptions: EventsServiceSubscribeOptions[] = [];
    await subscribeEcrEvents({
      events: {
        publish: async () => {},
        subscribe: async subscription => {
          subscriptions.push(subscription);
        },
      },
      hostsOf: ecrHosts,
      poller: {
        handleEvent: async event => {
          const done = poller.handleEvent(event);
          followed.push(done);
          return done;
        },
      },
      logger,
    });
    for (const eventPayload of events) {
      await subscriptions[0].onEvent({ topic: 'aws.ecr', eventPayload });
      if (options.isOneByOne) {
        await Promise.all(followed);
      }
    }
    await Promise.all(followed);
    expect(logger.warn).not.toHaveBeenCalled();
    const rows = await database.knex('images').orderBy('digest').select();
    const promotions = await database
      .knex('promotions')
      .orderBy('id')
      .pluck('id');
    return {
      promotions,
      images: rows.map(row => ({
        digest: row.digest,
        tags: JSON.parse(row.tags).sort(),
        pushedAt: row.pushed_at,
        isRemoved: row.removed_at !== null,
      })),
    };
  }

  it.each([
    ['the registry answers', true],
    ['nobody answers for the registry', false],
  ])(
    'lead to the same state as each event once in order, when %s',
    async (_, isAnswering) => {
      await fc.assert(
        fc.asyncProperty(story, fc.nat(), async (steps, seed) => {
          const images = isAnswering ? outcomeOf(steps) : undefined;
          const events = steps.map(toEvent);
          const expected = await storedAfter(events, {
            isOneByOne: true,
            images,
          });
          const many = jumbled(events, seed);
          expect(
            await storedAfter(many, { isOneByOne: false, images }),
          ).toEqual(expected);
        }),
        { numRuns: 3, seed: SEED },
      );
    },
  );
});
