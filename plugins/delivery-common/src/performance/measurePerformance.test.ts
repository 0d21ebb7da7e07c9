import {
  changeAt,
  failureAt,
  HOURS,
  leadTime,
  minute,
  WHOLE,
} from './__testUtils__/changes';
import { measurePerformance } from './measurePerformance';
import type { DeployedChange, PerformanceFigures } from './types';

const MINUTE = 60_000;

const ALWAYS = () => 0;

function figuresOf(
  changes: DeployedChange[],
  watchedSince: (application: string) => number = ALWAYS,
): PerformanceFigures {
  const [figures] = measurePerformance(changes, WHOLE, watchedSince);
  return figures;
}

const NOTHING: PerformanceFigures = {
  deployments: 0,
  attempts: 0,
  failures: 0,
  leadTime: { count: 0 },
  leadTimeStages: {
    count: 0,
    totalMs: { proposed: 0, committed: 0, synced: 0, healthy: 0 },
  },
  restoreTime: { count: 0 },
  observed: 0,
  leftOut: {},
};

describe('measurePerformance', () => {
  it('finds nothing in nothing', () => {
    expect(figuresOf([])).toEqual(NOTHING);
    expect(measurePerformance([], HOURS, ALWAYS)).toEqual([
      NOTHING,
      NOTHING,
      NOTHING,
    ]);
  });

  it('counts deployments in the bucket in which they were synced', () => {
    const figures = measurePerformance(
      [
        changeAt(-1),
        changeAt(0),
        // Healthy only in the next hour.
        changeAt(59.5),
        changeAt(60),
        changeAt(180),
      ],
      HOURS,
      ALWAYS,
    );
    expect(figures.map(({ deployments }) => deployments)).toEqual([2, 1, 0]);
  });

  it('counts the images of one sync as one deployment, their lead times apart', () => {
    const figures = figuresOf([
      changeAt(5, { leadTime: leadTime(1, 1, 1) }),
      changeAt(5, {
        repository: 'registry.example.com/proxy',
        leadTime: leadTime(5, 1, 1),
      }),
      // The same minute in another application.
      changeAt(5, { application: 'api-dev' }),
    ]);
    expect(figures).toMatchObject({
      deployments: 2,
      attempts: 2,
      leadTime: { count: 2, p50Ms: 3 * MINUTE, p90Ms: 7 * MINUTE },
      leftOut: { 'no-push-time': 1 },
    });
  });

  it('computes percentiles of lead times and sums of their stages', () => {
    const figures = figuresOf([
      changeAt(1, { leadTime: leadTime(2, 1, 1) }),
      changeAt(2, { leadTime: leadTime(10, 1, 3) }),
      changeAt(3, { leadTime: { ms: 30 * MINUTE } }),
      changeAt(4),
    ]);
    expect(figures.leadTime).toEqual({
      count: 3,
      p50Ms: 14 * MINUTE,
      p90Ms: 30 * MINUTE,
    });
    expect(figures.leadTimeStages).toEqual({
      count: 2,
      totalMs: {
        proposed: 0,
        committed: 12 * MINUTE,
        synced: 2 * MINUTE,
        healthy: 4 * MINUTE,
      },
    });
    expect(figures.leftOut).toEqual({ 'no-push-time': 1, 'no-stage-times': 1 });
  });

  it('counts a failure that recovered as deployed, failed and restored', () => {
    expect(
      figuresOf([
        changeAt(10, {
          isFailed: true,
          failedAt: minute(12),
          healthyAt: minute(40),
          restoredAt: minute(40),
        }),
      ]),
    ).toMatchObject({
      deployments: 1,
      attempts: 1,
      failures: 1,
      restoreTime: { count: 1, p50Ms: 28 * MINUTE },
    });
  });

  it('restores a failed version with the next one that became Healthy', () => {
    const figures = figuresOf([
      changeAt(0),
      // Fails at 12, and so does its first repair at 22.
      failureAt(10),
      failureAt(20),
      changeAt(30),
      changeAt(50),
    ]);
    expect(figures).toMatchObject({
      deployments: 3,
      attempts: 5,
      failures: 2,
      restoreTime: { count: 2, p50Ms: 9 * MINUTE, p90Ms: 19 * MINUTE },
    });
  });

  it('is not restored by another image, another application, or an earlier version', () => {
    const figures = figuresOf([
      changeAt(9.5, { healthyAt: minute(13) }),
      failureAt(10),
      changeAt(20, { application: 'web-prod' }),
      changeAt(30, { repository: 'registry.example.com/proxy' }),
    ]);
    expect(figures.restoreTime).toEqual({ count: 0 });
    expect(figures.leftOut).toMatchObject({ 'not-restored': 1 });
  });

  it('restores one sync of several images when all of them are', () => {
    const proxy = 'registry.example.com/proxy';
    const figures = figuresOf([
      failureAt(10),
      failureAt(10, { repository: proxy, failedAt: minute(15) }),
      changeAt(20),
      changeAt(40, { repository: proxy }),
    ]);
    expect(figures).toMatchObject({
      attempts: 3,
      failures: 1,
      restoreTime: { count: 1, p50Ms: 29 * MINUTE },
    });
  });

  it('counts a rollback as a failure of what it replaced, not as a deployment', () => {
    const figures = figuresOf([
      changeAt(0, { version: { tag: '1.0.0' } }),
      changeAt(10, { version: { tag: '1.1.0' }, isFailed: true }),
      changeAt(20, { version: { tag: '1.0.0' }, isRollback: true }),
    ]);
    expect(figures).toMatchObject({
      deployments: 2,
      attempts: 2,
      failures: 1,
      restoreTime: { count: 0 },
      leftOut: { repeated: 1, 'no-failure-time': 1 },
    });
  });

  it.each<
    [string, DeployedChange['version'], DeployedChange['version'], number]
  >([
    ['the same tag', { tag: '1.0.0' }, { tag: '1.0.0' }, 1],
    ['another tag', { tag: '1.0.0' }, { tag: '1.0.1' }, 0],
    [
      'the tag with the same digest',
      { tag: 'main', digest: 'sha256:a' },
      { tag: 'main', digest: 'sha256:a' },
      1,
    ],
    [
      'a tag that moved',
      { tag: 'main', digest: 'sha256:a' },
      { tag: 'main', digest: 'sha256:b' },
      0,
    ],
    [
      'a tag whose digest is not known yet',
      { tag: 'main' },
      { tag: 'main', digest: 'sha256:b' },
      1,
    ],
    ['the same digest', { digest: 'sha256:a' }, { digest: 'sha256:a' }, 1],
    ['another digest', { digest: 'sha256:a' }, { digest: 'sha256:b' }, 0],
  ])(
    'leaves out a version that was deployed before: %s',
    (_, before, after, repeated) => {
      const figures = figuresOf([
        // Before the period: what was deployed before doesn't depend on it.
        changeAt(-500, { version: before }),
        changeAt(-100),
        changeAt(10, { version: after }),
      ]);
      expect(figures.leftOut.repeated ?? 0).toBe(repeated);
      expect(figures.deployments).toBe(1 - repeated);
    },
  );

  it('counts a version that failed at first and was deployed again', () => {
    const version = { tag: '2.0.0' };
    expect(
      figuresOf([failureAt(0, { version }), changeAt(30, { version })]),
    ).toMatchObject({
      deployments: 1,
      attempts: 2,
      failures: 1,
      restoreTime: { count: 1, p50Ms: 29 * MINUTE },
      leftOut: { 'no-push-time': 1 },
    });
  });

  it('leaves out what was deployed before the application was watched', () => {
    const imported = { healthyAt: undefined };
    const figures = figuresOf(
      [
        changeAt(10, imported),
        // Found Healthy at the first look.
        changeAt(20, { healthyAt: minute(60) }),
        changeAt(70),
        changeAt(10, { application: 'web-prod' }),
      ],
      application => (application === 'api-prod' ? minute(60) : 0),
    );
    expect(figures).toMatchObject({
      deployments: 2,
      leftOut: { 'before-watch': 2 },
    });
  });

  it('leaves out what is under way, or was replaced before its end was seen', () => {
    const figures = figuresOf([
      changeAt(10, { healthyAt: undefined }),
      changeAt(20, { healthyAt: undefined, isOpen: true }),
    ]);
    expect(figures).toEqual({
      ...NOTHING,
      leftOut: { unconfirmed: 1, 'under-way': 1 },
    });
  });

  it('counts versions with times that were observed', () => {
    const figures = figuresOf([
      changeAt(10, { isObserved: true }),
      changeAt(20),
      // Not in the figures, so its times aren't either.
      changeAt(30, { isObserved: true, healthyAt: undefined }),
    ]);
    expect(figures.observed).toBe(1);
  });
});
