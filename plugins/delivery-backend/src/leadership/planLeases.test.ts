import fc from 'fast-check';
import { planLeases } from './planLeases';

/** Leases `l0`, `l1`, … with the given holders. */
function view(replica: string, replicas: string[], held: (string | null)[]) {
  return {
    replica,
    replicas: new Set(replicas),
    holders: new Map(
      held.map((holder, index): [string, string | undefined] => [
        `l${index}`,
        holder ?? undefined,
      ]),
    ),
  };
}

describe('planLeases', () => {
  it.each<[string, string, string[], (string | null)[], number, number]>([
    ['alone, it takes all', 'a', ['a'], [null, null, null], 3, 0],
    [
      'it hands over what is more than its share',
      'a',
      ['a', 'b', 'c'],
      'aaaaaa'.split(''),
      2,
      4,
    ],
    [
      'one joins, and one of two equals hands over',
      'a',
      ['a', 'b', 'c'],
      ['a', 'a', 'b', 'b'],
      1,
      1,
    ],
    [
      'the other one of them does not',
      'b',
      ['a', 'b', 'c'],
      ['a', 'a', 'b', 'b'],
      1,
      0,
    ],
    ['a difference of one stays', 'a', ['a', 'b'], ['a', 'a', 'b'], 2, 0],
    [
      'nothing more is handed over while one is free',
      'a',
      ['a', 'b'],
      ['a', 'a', 'a', null],
      2,
      0,
    ],
    [
      'a replica without a heartbeat counts if it holds leases',
      'b',
      ['b'],
      ['old', 'old', 'old', 'old'],
      2,
      0,
    ],
  ])('%s', (_, replica, replicas, held, limit, surplus) => {
    expect(planLeases(view(replica, replicas, held))).toEqual({
      limit,
      surplus,
    });
  });

  it('ends with shares that differ by one at most, and then moves nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }),
        (count, start) => {
          const replicas = Array.from({ length: count }, (_, i) => `r${i}`);
          const held: (string | null)[] = start.map(at => replicas[at] ?? null);
          for (let round = 0; round < 200; round++) {
            for (const replica of replicas) {
              const { limit, surplus } = planLeases(
                view(replica, replicas, held),
              );
              let own = held.filter(holder => holder === replica).length;
              for (let i = 0; i < surplus; i++) {
                held[held.lastIndexOf(replica)] = null;
              }
              if (surplus === 0) {
                for (const [i, holder] of held.entries()) {
                  if (holder === null && own < limit) {
                    held[i] = replica;
                    own += 1;
                  }
                }
              }
            }
          }
          const counts = replicas.map(
            replica => held.filter(holder => holder === replica).length,
          );
          expect(held).not.toContain(null);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(2);
          for (const replica of replicas) {
            expect(planLeases(view(replica, replicas, held)).surplus).toBe(0);
          }
        },
      ),
    );
  });
});
