import { mockServices } from '@backstage/backend-test-utils';
import type { SignalPayload } from '@backstage/plugin-signals-node';
import type { DeliverySignal } from '@landfall/backstage-plugin-delivery-common';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { waitFor } from '@landfall/testing-kit';
import { SignalPublisher } from './SignalPublisher';

const databases = createTestDatabases();

function recordingSignals() {
  const published: SignalPayload[] = [];
  return {
    published,
    messages: () => published.map(({ message }) => message),
    publish: async (signal: SignalPayload) => {
      published.push(signal);
    },
  };
}

function change(...keys: string[]): DeliverySignal {
  return { keys, appeared: false, instances: false };
}

describe.each(databases.eachSupportedId())('SignalPublisher on %s', id => {
  const logger = mockServices.logger.mock();

  it('publishes what an earlier process left in the outbox', async () => {
    const database = await createDatabase(databases, id);
    await addToSignalOutbox(database.knex, change('a'));
    const signals = recordingSignals();

    const publisher = SignalPublisher.start({ database, signals, logger });

    await waitFor(async () =>
      expect(signals.published).toEqual([
        {
          recipients: { type: 'broadcast' },
          channel: 'delivery',
          message: {
            keys: [(await database.signalKeys()).of('a')],
            appeared: false,
            instances: false,
          },
        },
      ]),
    );
    await publisher.stop();
    expect(await database.knex('outbox').select()).toEqual([]);
  });

  it('combines a burst of changes without losing any', async () => {
    const database = await createDatabase(databases, id);
    const signals = recordingSignals();
    const publisher = SignalPublisher.start({ database, signals, logger });
    const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);

    for (const key of keys) {
      await addToSignalOutbox(database.knex, change(key, 'shared'));
      publisher.trigger();
    }
    await addToSignalOutbox(database.knex, {
      keys: [],
      appeared: true,
      instances: true,
    });
    publisher.trigger();
    await publisher.stop();

    const messages = signals.messages();
    const publishedKeys = new Set(messages.flatMap(message => message.keys));
    const signalKeys = await database.signalKeys();
    expect(publishedKeys).toEqual(
      new Set([...keys, 'shared'].map(key => signalKeys.of(key))),
    );
    expect(messages.length).toBeLessThan(keys.length);
    expect(messages.filter(message => message.appeared)).toHaveLength(1);
    expect(messages.filter(message => message.instances)).toHaveLength(1);
  });

  it('says which pages a burst may concern, unless a part of it is for all', async () => {
    const database = await createDatabase(databases, id);
    const signalKeys = await database.signalKeys();
    const publish = async (...entries: DeliverySignal[]) => {
      for (const entry of entries) {
        await addToSignalOutbox(database.knex, entry);
      }
      const signals = recordingSignals();
      const publisher = SignalPublisher.start({ database, signals, logger });
      await waitFor(() => expect(signals.messages()).not.toEqual([]));
      await publisher.stop();
      return signals.messages();
    };
    const appeared = (...topics: string[]) => ({
      keys: [],
      appeared: true,
      instances: false,
      topics,
    });

    expect(
      await publish(change(), appeared('a', 'b'), {
        ...appeared('b', 'c'),
        appeared: false,
        instances: true,
      }),
    ).toEqual([
      {
        keys: [],
        appeared: true,
        instances: true,
        topics: ['a', 'b', 'c'].map(topic => signalKeys.of(topic)),
      },
    ]);
    const forAll = { keys: [], appeared: true, instances: false };
    expect(await publish(appeared('a'), forAll)).toEqual([forAll]);
    const many = Array.from({ length: 501 }, (_, index) => `topic-${index}`);
    expect(await publish(appeared(...many))).toEqual([forAll]);
  });

  it('publishes one message for a change of very many applications', async () => {
    const database = await createDatabase(databases, id);
    const keys = Array.from({ length: 501 }, (_, index) => `key-${index}`);
    await addToSignalOutbox(database.knex, change(...keys));
    const signals = recordingSignals();

    const publisher = SignalPublisher.start({ database, signals, logger });
    await waitFor(() => expect(signals.messages()).not.toEqual([]));
    await publisher.stop();

    expect(signals.messages()).toEqual([
      { keys: [], appeared: true, instances: false },
    ]);
  });

  it('publishes each change once, also with two replicas', async () => {
    const database = await createDatabase(databases, id);
    const signals = recordingSignals();
    // Both publish what they find, and find it before either has removed it.
    const slow = {
      publish: async (signal: SignalPayload) => {
        await signals.publish(signal);
        await new Promise(setImmediate);
      },
    };
    const replicas = (id === 'SQLITE_3' ? [1] : [1, 2]).map(() =>
      SignalPublisher.start({ database, signals: slow, logger }),
    );
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);

    for (const key of keys) {
      await addToSignalOutbox(database.knex, change(key));
      replicas.forEach(replica => replica.trigger());
    }
    await Promise.all(replicas.map(replica => replica.stop()));
    await waitFor(async () =>
      expect(await database.knex('outbox').select()).toEqual([]),
    );

    const published = signals.messages().flatMap(({ keys: some }) => some);
    expect(published).toHaveLength(keys.length);
  });

  it('keeps signals that couldn’t be published', async () => {
    const database = await createDatabase(databases, id);
    await addToSignalOutbox(database.knex, change('a'));
    const failing = { publish: jest.fn().mockRejectedValue(new Error('down')) };
    const publisher = SignalPublisher.start({
      database,
      signals: failing,
      logger,
    });
    await waitFor(() => expect(failing.publish).toHaveBeenCalled());
    await expect(publisher.stop()).resolves.toBeUndefined();
    expect(await database.knex('outbox').select()).toHaveLength(1);

    const signals = recordingSignals();
    const next = SignalPublisher.start({ database, signals, logger });
    await waitFor(() => expect(signals.messages()).toHaveLength(1));
    await next.stop();
  });
});
