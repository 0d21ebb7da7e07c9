import { ripe } from './ripe';

const SINCE = '2026-11-30T05:00:00.000Z';
const EARLY = '2026-11-30T04:59:59.000Z';
const LATE = '2026-11-30T05:00:01.000Z';

describe('ripe', () => {
  it.each<[string, [createdAt: string, attempts: number][], number[]]>([
    ['nothing', [], []],
    ['one that has waited', [[EARLY, 0]], [0]],
    ['one that has waited exactly as long', [[SINCE, 0]], [0]],
    ['one that has not', [[LATE, 0]], []],
    [
      'others together with the first',
      [
        [LATE, 0],
        [EARLY, 0],
        [LATE, 0],
      ],
      [0, 1, 2],
    ],
    [
      'what failed before, at its own time',
      [
        [LATE, 0],
        [LATE, 1],
        [EARLY, 3],
      ],
      [1, 2],
    ],
  ])('takes %s', (_, rows, expected) => {
    const due = rows.map(([createdAt, attempts], index) => ({
      createdAt,
      attempts,
      index,
    }));
    expect(ripe(due, SINCE).map(({ index }) => index)).toEqual(expected);
  });
});
