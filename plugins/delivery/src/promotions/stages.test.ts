import type { PromotionItem } from '@landfall/backstage-plugin-delivery-common';
import { STAGES, stagesFor } from '@landfall/backstage-plugin-delivery-common';
import { stagesOf, startedAt } from './stages';
import { promotionOf, rollingOut } from '../../dev/fixtures/promotions';

const { pushed, committed, synced, healthy } = promotionOf().stages;
const failedAt = {
  at: '2026-05-04T12:05:00.000Z',
  basis: 'reported',
} as const;

function states(promotion: PromotionItem) {
  return stagesOf(promotion).map(stage => stage.state);
}

describe('stagesOf', () => {
  it.each<[string, PromotionItem, string]>([
    ['live', promotionOf(), 'reached reached reached reached'],
    ['rolling out', rollingOut(), 'reached reached reached current'],
    [
      'only pushed',
      rollingOut({ stages: { pushed } }),
      'reached current pending pending',
    ],
    [
      'nothing known yet',
      rollingOut({ stages: {} }),
      'current pending pending pending',
    ],
    [
      'live, and only its end known',
      promotionOf({ stages: { healthy } }),
      'unknown unknown unknown reached',
    ],
    [
      'an unobserved push',
      rollingOut({ stages: { committed } }),
      'unknown reached current pending',
    ],
    [
      'live, read from a history without the time of health',
      promotionOf({ stages: { synced } }),
      'unknown unknown reached unknown',
    ],
    [
      'a failed sync',
      rollingOut({
        stages: { pushed, committed },
        outcome: 'failed',
        outcomeAt: failedAt,
      }),
      'reached reached failed pending',
    ],
    [
      'a failed rollout',
      rollingOut({ outcome: 'failed', outcomeAt: failedAt }),
      'reached reached reached failed',
    ],
    [
      'failed after all was reached',
      promotionOf({ outcome: 'failed', outcomeAt: failedAt }),
      'reached reached reached failed',
    ],
    [
      'passed over',
      rollingOut({ stages: { pushed }, outcome: 'superseded' }),
      'reached missed missed missed',
    ],
    [
      'rolled back after it was live',
      promotionOf({ outcome: 'rolled-back' }),
      'reached reached reached reached',
    ],
    [
      'a rollback under way',
      rollingOut({ rollback: true, stages: {} }),
      'skipped skipped current pending',
    ],
    [
      'a rollback that is live',
      promotionOf({ rollback: true, stages: { synced, healthy } }),
      'skipped skipped reached reached',
    ],
    [
      'a rollback whose sync failed',
      rollingOut({
        rollback: true,
        stages: {},
        outcome: 'failed',
        outcomeAt: failedAt,
      }),
      'skipped skipped failed pending',
    ],
  ])('draws %s', (_, promotion, expected) => {
    expect(states(promotion).join(' ')).toBe(expected);
  });

  it('has the time spent between known stages', () => {
    expect(stagesOf(promotionOf()).map(stage => stage.spent)).toEqual([
      undefined,
      40_000,
      120_000,
      20_000,
    ]);
    expect(
      stagesOf(promotionOf({ stages: { pushed, healthy } })).map(
        stage => stage.spent,
      ),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('gives the failed stage the time of the failure', () => {
    const [, , , last] = stagesOf(
      rollingOut({ outcome: 'failed', outcomeAt: failedAt }),
    );
    expect(last).toMatchObject({ time: failedAt, spent: 80_000 });
  });

  it('has no time spent where clocks disagree', () => {
    const promotion = rollingOut({
      stages: {
        pushed: { at: '2026-05-04T12:00:05.000Z', basis: 'reported' },
        committed: { at: '2026-05-04T12:00:00.000Z', basis: 'reported' },
      },
    });
    expect(stagesOf(promotion)[1].spent).toBeUndefined();
  });

  it('has since when the current stage is pending, and whether a sync runs', () => {
    expect(stagesOf(rollingOut())[3].previousAt).toBe(synced?.at);
    const syncing = rollingOut({
      stages: { pushed, committed },
      sync: { revisions: [], startedAt: '2026-05-04T12:03:38.000Z' },
    });
    expect(stagesOf(syncing)[2]).toMatchObject({
      state: 'current',
      isSyncing: true,
    });
  });

  it('has every known time and at most one current stage in all cases', () => {
    const outcomes = [
      undefined,
      'live',
      'failed',
      'superseded',
      'rolled-back',
      'abandoned',
    ] as const;
    const all = { ...promotionOf().stages, proposed: pushed };
    const subsets = [...Array(2 ** STAGES.length).keys()].map(bits =>
      Object.fromEntries(
        STAGES.filter((_, index) => Math.floor(bits / 2 ** index) % 2).map(
          name => [name, all[name]],
        ),
      ),
    );
    const cases = outcomes.flatMap(outcome =>
      subsets.flatMap(stages =>
        [true, false].map(rollback => ({ outcome, stages, rollback })),
      ),
    );
    expect(cases).toHaveLength(384);
    for (const { outcome, ...others } of cases) {
      const promotion = rollingOut({
        ...others,
        ...(outcome && { outcome, outcomeAt: failedAt }),
      });
      const views = stagesOf(promotion);
      const count = (state: string) =>
        views.filter(view => view.state === state).length;
      const [current, failed] = [count('current'), count('failed')];
      expect(views.map(view => view.name)).toEqual(stagesFor(promotion));
      expect(failed).toBe(outcome === 'failed' ? 1 : 0);
      expect(current).toBe(!outcome && !others.stages.healthy ? 1 : 0);
      expect(
        views
          .filter(view => view.state !== 'failed')
          .map(view => [view.name, view.time]),
      ).toEqual(
        views
          .filter(view => view.state !== 'failed')
          .map(view => [view.name, promotion.stages[view.name]]),
      );
    }
  });
});

describe('startedAt', () => {
  it('is the first stage that is known', () => {
    expect(startedAt(promotionOf())).toBe(pushed?.at);
    expect(startedAt(promotionOf({ stages: { synced, healthy } }))).toBe(
      synced?.at,
    );
    expect(
      startedAt(rollingOut({ stages: {}, failure: { at: failedAt } })),
    ).toBe(failedAt.at);
    expect(startedAt(rollingOut({ stages: {} }))).toBeUndefined();
  });
});
