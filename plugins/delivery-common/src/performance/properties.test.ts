import fc from 'fast-check';
import { changeAt, HOURS, minute, WHOLE } from './__testUtils__/changes';
import { measurePerformance } from './measurePerformance';
import type { DeployedChange, PerformanceFigures } from './types';

const watchedSince = (application: string) =>
  application === 'a' ? minute(0) : minute(30);

/** Times on a coarse grid, so that many coincide. */
const time = fc.integer({ min: -12, max: 47 }).map(step => minute(step * 5));

const changes = fc.array(
  fc
    .record(
      {
        application: fc.constantFrom('a', 'b'),
        repository: fc.constantFrom('r', 's'),
        version: fc.record(
          {
            tag: fc.constantFrom('1', '2', '3'),
            digest: fc.constantFrom('sha256:a', 'sha256:b'),
          },
          { requiredKeys: [] },
        ),
        deployedAt: time,
        healthyAt: time,
        failedAt: time,
        restoredAt: time,
        isFailed: fc.boolean(),
        isOpen: fc.boolean(),
        isRollback: fc.boolean(),
        isObserved: fc.boolean(),
        ms: fc.nat(1000),
      },
      {
        requiredKeys: [
          'application',
          'repository',
          'version',
          'deployedAt',
          'isFailed',
          'isOpen',
          'isRollback',
          'isObserved',
        ],
      },
    )
    .map(({ ms, ...rest }): DeployedChange => {
      const change = { ...changeAt(0), healthyAt: undefined, ...rest };
      return ms !== undefined && change.healthyAt !== undefined
        ? { ...change, leadTime: { ms } }
        : change;
    }),
  { maxLength: 30 },
);

/** All counts of some figures. */
function countsOf(figures: PerformanceFigures): Record<string, number> {
  const { leadTime, leadTimeStages, restoreTime, leftOut, ...counts } = figures;
  return {
    ...counts,
    leadTimes: leadTime.count,
    stages: leadTimeStages.count,
    restoreTimes: restoreTime.count,
    ...leftOut,
  };
}

function sum(all: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) {
      total[name] = (total[name] ?? 0) + count;
    }
  }
  return total;
}

describe('measurePerformance, for any history', () => {
  it('finds as much in the parts of a period as in the whole', () => {
    fc.assert(
      fc.property(changes, history => {
        const parts = measurePerformance(history, HOURS, watchedSince);
        const [whole] = measurePerformance(history, WHOLE, watchedSince);
        expect(sum(parts.map(countsOf))).toEqual(countsOf(whole));
      }),
    );
  });

  it('keeps percentiles within the percentiles of the parts', () => {
    fc.assert(
      fc.property(changes, history => {
        const parts = measurePerformance(history, HOURS, watchedSince);
        const [whole] = measurePerformance(history, WHOLE, watchedSince);
        for (const name of ['leadTime', 'restoreTime'] as const) {
          for (const share of ['p50Ms', 'p90Ms'] as const) {
            const values = parts.flatMap(part => part[name][share] ?? []);
            expect(isWithin(whole[name][share], values)).toBe(true);
          }
        }
      }),
    );
  });

  it('accounts for every version', () => {
    fc.assert(
      fc.property(changes, history => {
        const [{ attempts, deployments, failures, leadTime, leftOut }] =
          measurePerformance(history, WHOLE, watchedSince);
        const inPeriod = history.filter(
          ({ deployedAt }) =>
            deployedAt >= minute(0) && deployedAt < minute(180),
        );
        const { repeated = 0, unconfirmed = 0 } = leftOut;
        const excluded =
          (leftOut['before-watch'] ?? 0) +
          repeated +
          (leftOut['under-way'] ?? 0) +
          unconfirmed;
        expect(attempts).toBeLessThanOrEqual(inPeriod.length - excluded);
        expect(attempts > 0).toBe(inPeriod.length > excluded);
        expect(deployments).toBeLessThanOrEqual(attempts);
        expect(failures).toBeLessThanOrEqual(attempts);
        expect(
          leadTime.count + (leftOut['no-push-time'] ?? 0),
        ).toBeLessThanOrEqual(inPeriod.length - excluded);
      }),
    );
  });

  it('changes nothing for a version of another application', () => {
    fc.assert(
      fc.property(changes, time, (history, at) => {
        const other = { ...changeAt(0), application: 'c', deployedAt: at };
        const without = measurePerformance(history, HOURS, watchedSince);
        const figures = measurePerformance(
          [...history, other],
          HOURS,
          // Deployed before it was watched, so that it only counts as left out.
          application =>
            application === 'c' ? Infinity : watchedSince(application),
        );
        expect(figures.map(withoutBeforeWatch)).toEqual(
          without.map(withoutBeforeWatch),
        );
      }),
    );
  });

  it('doesn’t depend on the order of the versions', () => {
    fc.assert(
      fc.property(changes, history => {
        expect(
          measurePerformance(history.toReversed(), HOURS, watchedSince),
        ).toEqual(measurePerformance(history, HOURS, watchedSince));
      }),
    );
  });
});

function withoutBeforeWatch({ leftOut, ...figures }: PerformanceFigures) {
  const { 'before-watch': _, ...others } = leftOut;
  return { ...figures, leftOut: others };
}

/** Whether a value is between others; without others, whether there is none. */
function isWithin(value: number | undefined, values: number[]): boolean {
  return value === undefined
    ? values.length === 0
    : value >= Math.min(...values) && value <= Math.max(...values);
}
