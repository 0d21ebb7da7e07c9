import type { RegistryEvent } from '@landfall/backstage-plugin-delivery-node';
import { createTestDatabases } from '../__testUtils__/databases';
import { image, push, usePollers } from '../__testUtils__/pollers';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'events for a RegistryPoller on %s',
  id => {
    const pollers = usePollers(databases, id);

    it('are read once in a burst', async () => {
      const { registry, tags, poller } = await pollers.setUp({
        withApplication: true,
      });
      registry.images = [image(1), image(2)];

      await Promise.all(
        [push(1), push(2), push(2)].map(event => poller.handleEvent(event)),
      );

      expect(registry.reads).toBe(1);
      expect(await tags()).toEqual(['["1.0.1"]', '["1.0.2"]']);
    });

    it('are used themselves when the registry can’t be read', async () => {
      const { database, registry, tags, poller } = await pollers.setUp({
        withApplication: true,
      });
      registry.failure = new Error('away');

      await poller.handleEvent(push(1));
      await poller.handleEvent(push(1));
      expect(await tags()).toEqual(['["1.0.1"]']);
      expect(await database.knex('images').pluck('pushed_at')).toEqual([
        push(1).at,
      ]);

      await poller.handleEvent({
        ...push(1),
        id: 'gone',
        action: 'delete',
        tag: undefined,
        at: push(3).at,
      });
      expect(await tags()).toEqual([]);

      // Delivered again, or reported late.
      await poller.handleEvent(push(1));
      await poller.handleEvent({
        ...push(1),
        id: 'reported late',
        at: push(2).at,
      });
      expect(await tags()).toEqual([]);

      await poller.handleEvent({
        ...push(1),
        id: 'pushed again',
        at: push(4).at,
      });
      expect(await tags()).toEqual(['["1.0.1"]']);
    });

    it('cause no read of a repository that no application uses', async () => {
      const { database, registry, poller } = await pollers.setUp({
        withApplication: false,
      });

      await poller.handleEvent(push(1));

      expect(registry.reads).toBe(0);
      expect(await database.knex('images').select()).toEqual([]);
    });

    it.each([
      ['the registry answers', true],
      ['nobody answers for the registry', false],
    ])(
      'lead to the same state if 10,000 are duplicated and shuffled, when %s',
      async (_, isCovered) => {
        const stored = async (events: RegistryEvent[]) => {
          const { database, registry, poller } = await pollers.setUp({
            withApplication: true,
          });
          registry.isCovered = isCovered;
          registry.images = Array.from({ length: 9 }, (__, index) =>
            image(index),
          );
          await Promise.all(events.map(event => poller.handleEvent(event)));
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
  },
);
