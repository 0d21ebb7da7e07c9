import fc from 'fast-check';
import { culpritReason, isolate, UnreducibleError } from './isolate';

class DataError extends Error {
  constructor(readonly code: string) {
    super('insert into … - value too long');
  }
}

describe('isolate', () => {
  it('leaves out the items at fault, and handles all others once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 60 }),
        async faults => {
          const items = faults.map((isAtFault, index) => ({
            index,
            isAtFault,
          }));
          const done: number[] = [];

          const culprits = await isolate(items, async part => {
            if (part.some(({ isAtFault }) => isAtFault)) {
              throw new DataError('22001');
            }
            done.push(...part.map(({ index }) => index));
          });

          expect(culprits.map(({ item }) => item)).toEqual(
            items.filter(({ isAtFault }) => isAtFault),
          );
          expect(done).toEqual(
            items
              .filter(({ isAtFault }) => !isAtFault)
              .map(({ index }) => index),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds one of 250 in few attempts', async () => {
    let attempts = 0;
    await isolate(
      Array.from({ length: 250 }, (_, index) => index),
      async part => {
        attempts += 1;
        if (part.includes(100)) {
          throw new UnreducibleError('no');
        }
      },
    );
    expect(attempts).toBeLessThan(20);
  });

  it.each(['40001', '40P01', '08006', '57P01', '42P01', 'ECONNRESET'])(
    'blames no item if the database or the connection fails: %s',
    async code => {
      const error = new DataError(code);
      await expect(
        isolate([1, 2, 3], async () => {
          throw error;
        }),
      ).rejects.toBe(error);
    },
  );

  it('gives the reason without the statement', () => {
    expect(culpritReason({ item: 1, error: new DataError('22001') })).toBe(
      'the database refuses one of its values (22001)',
    );
    expect(culpritReason({ item: 1, error: new TypeError('no') })).toBe('no');
  });
});
