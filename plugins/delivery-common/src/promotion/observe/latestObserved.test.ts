import fc from 'fast-check';
import type { MergeRequest } from '../../model/promotion';
import { latestObserved } from './latestObserved';

interface Item {
  id: number;
  request?: MergeRequest;
}

const item: fc.Arbitrary<Item> = fc.record(
  {
    id: fc.nat({ max: 5 }),
    request: fc.record({
      url: fc.constant('https://git.example.com/1'),
      number: fc.constant(1),
      title: fc.constantFrom('a', 'b'),
      state: fc.constantFrom('open', 'closed', 'merged'),
      updatedAt: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03'),
    }),
  },
  { requiredKeys: ['id'] },
);
const OPTIONS = {
  key: ({ id }: Item) => String(id),
  order: ({ id }: Item) => String(id),
  limit: 4,
};

describe('latestObserved', () => {
  it('is the same in any order, and however often something is observed', () => {
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 12 }).chain(items =>
          fc.tuple(
            fc.constant(items),
            fc.shuffledSubarray([...items, ...items], {
              minLength: items.length * 2,
            }),
          ),
        ),
        ([items, shuffled]) => {
          const oneByOne = shuffled.reduce<Item[]>(
            (known, one) => latestObserved(known, [one], OPTIONS),
            [],
          );
          expect(oneByOne).toEqual(latestObserved([], items, OPTIONS));
        },
      ),
    );
  });

  it('forgets what comes first', () => {
    const ids = [4, 0, 3, 1, 2].map(id => ({ id }));
    expect(latestObserved([], ids, OPTIONS)).toEqual(
      [1, 2, 3, 4].map(id => ({ id })),
    );
  });
});
