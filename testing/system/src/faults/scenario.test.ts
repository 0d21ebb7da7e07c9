import { Random } from './Random';
import { FAULTS, planRun } from './scenario';

describe('Random', () => {
  it('depends only on the seed', () => {
    const numbers = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 50 }, () => random.next());
    };
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
  });

  it('is distributed evenly', () => {
    const counts = [0, 0, 0, 0];
    for (let seed = 0; seed < 4000; seed++) {
      counts[new Random(seed).integer(0, 3)] += 1;
    }
    counts.forEach(count => {
      expect(count).toBeGreaterThan(850);
      expect(count).toBeLessThan(1150);
    });
  });
});

describe('planRun', () => {
  it('is decided by its seed', () => {
    expect(planRun(4711)).toEqual(planRun(4711));
    expect(planRun(4711).services).not.toEqual(planRun(4721).services);
  });

  it('has every fault in any ten runs in a row', () => {
    for (const first of [0, 3, 20, 97]) {
      const faults = Array.from(
        { length: 10 },
        (_, index) => planRun(first + index).fault,
      );
      expect(new Set(faults)).toEqual(new Set(FAULTS));
    }
  });

  it('covers every kind of step and both databases', () => {
    const plans = Array.from({ length: 200 }, (_, seed) => planRun(seed));
    const kinds = plans.flatMap(({ services }) =>
      services.flatMap(({ steps }) => steps.map(({ kind }) => kind)),
    );
    expect(new Set(kinds)).toEqual(
      new Set(['release', 'burst', 'failure', 'rollback', 'delete']),
    );
    expect(new Set(plans.map(({ target }) => target))).toEqual(
      new Set(['sqlite', 'postgres']),
    );
  });

  it('uses the requested fault and changes nothing else', () => {
    const { fault, services } = planRun(12, 'kill');
    expect(fault).toBe('kill');
    expect(services).toEqual(planRun(12).services);
  });

  it('rolls back only to an earlier version, and never with automated sync', () => {
    const rollbacks = Array.from({ length: 300 }, (_, seed) => planRun(seed))
      .flatMap(({ services }) => services)
      .flatMap(({ applications, steps }) =>
        steps.flatMap(({ kind }, index) =>
          kind === 'rollback'
            ? {
                before: steps[index - 1].kind,
                automated: applications.some(({ automated }) => automated),
              }
            : [],
        ),
      );
    expect(rollbacks.length).toBeGreaterThan(0);
    rollbacks.forEach(rollback => {
      expect(rollback).toEqual({ before: 'release', automated: false });
    });
  });
});
