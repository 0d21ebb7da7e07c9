import { lastMoved } from './useOverview';

const reached = (at: string) => ({ at, basis: 'reported' as const });

describe('lastMoved', () => {
  it('is the latest stage of what is open', () => {
    expect(
      lastMoved([
        {
          stages: {
            pushed: reached('2026-05-04T12:00:00Z'),
            committed: reached('2026-05-04T12:02:00+00:00'),
          },
        },
        { stages: { pushed: reached('2026-05-04T12:01:00.000Z') } },
        {
          outcome: 'live',
          stages: { healthy: reached('2026-05-04T12:05:00Z') },
        },
      ]),
    ).toBe('2026-05-04T12:02:00+00:00');
  });

  it('is unknown where nothing is open', () => {
    expect(lastMoved([])).toBeUndefined();
    expect(
      lastMoved([
        {
          outcome: 'failed',
          stages: { synced: reached('2026-05-04T12:05:00Z') },
        },
      ]),
    ).toBeUndefined();
  });
});
