import { sharesOf } from './shares';

const MINUTE = 60_000;

describe('sharesOf', () => {
  it('are means and parts of the whole', () => {
    expect(
      sharesOf({
        leadTimeStages: {
          count: 2,
          totalMs: {
            proposed: 0,
            committed: 6 * MINUTE,
            synced: MINUTE,
            healthy: 3 * MINUTE,
          },
        },
      }),
    ).toEqual([
      { stage: 'committed', meanMs: 3 * MINUTE, share: 0.6 },
      { stage: 'synced', meanMs: MINUTE / 2, share: 0.1 },
      { stage: 'healthy', meanMs: 1.5 * MINUTE, share: 0.3 },
    ]);
  });

  it('include the time until a proposal, where there is one', () => {
    const shares = sharesOf({
      leadTimeStages: { count: 1, totalMs: { proposed: 1, committed: 3 } },
    });
    expect(shares.map(({ stage, share }) => [stage, share])).toEqual([
      ['proposed', 0.25],
      ['committed', 0.75],
      ['synced', 0],
      ['healthy', 0],
    ]);
  });

  it.each([
    [{ count: 0, totalMs: {} }],
    [{ count: 1, totalMs: { committed: 0 } }],
  ])('are none of %j', leadTimeStages => {
    expect(sharesOf({ leadTimeStages })).toEqual([]);
  });
});
