import fc from 'fast-check';
import type { Promotion } from '../model/promotion';
import { type Plan, plan, simulate } from '../promotion/__testUtils__/plans';
import { initialState, reduce } from '../promotion/reduce';
import { versionsByRepository } from '../promotion/applicationVersions';
import { Simulation } from '../testing/simulation';
import { applicationStates } from './applicationStates';
import { deploymentsOf } from './deployments';
import { promotion } from './__testUtils__/promotions';
import { toVersionRows } from './toVersionRows';
import type { VersionGridInput } from './types';

const VERSIONS = [
  { tag: '1.0.0', digest: 'sha256:1' },
  { tag: '1.0.0' },
  { tag: '1.0.1', digest: 'sha256:2' },
  { digest: 'sha256:2' },
  { tag: 'latest', digest: 'sha256:3' },
  { tag: 'latest', digest: 'sha256:4' },
  { tag: 'latest' },
  {},
];

const aVersion = fc.constantFrom(...VERSIONS);
const aMinute = fc.nat(30);

/** Also such as no reducer would ever write. */
const aPromotion = fc
  .record({
    version: aVersion,
    stages: fc.record(
      {
        pushed: aMinute,
        committed: aMinute,
        synced: aMinute,
        healthy: aMinute,
      },
      { requiredKeys: [] },
    ),
    end: fc.option(
      fc.tuple(
        fc.constantFrom<NonNullable<Promotion['outcome']>>(
          'live',
          'failed',
          'superseded',
          'rolled-back',
          'abandoned',
        ),
        aMinute,
      ),
      { nil: undefined },
    ),
    rollback: fc.boolean(),
  })
  .map(({ version, stages, end, rollback }) =>
    promotion(version, stages, { rollback, ...(end && { end }) }),
  );

const somePromotions = fc
  .array(aPromotion, { maxLength: 12 })
  .map(promotions =>
    promotions.map((each, index) => ({ ...each, id: `p${index}` })),
  );

const anInput: fc.Arbitrary<VersionGridInput> = fc.record({
  environments: fc.constant(['dev', 'staging', 'prod']),
  applications: fc.array(
    fc.record({
      environment: fc.constantFrom('dev', 'staging', 'prod'),
      running: fc.array(aVersion, { maxLength: 3 }),
      promotions: somePromotions,
    }),
    { maxLength: 4 },
  ),
  images: fc.uniqueArray(
    fc.record({
      digest: fc.constantFrom('sha256:1', 'sha256:2', 'sha256:3', 'sha256:5'),
      tags: fc.uniqueArray(fc.constantFrom('1.0.0', '1.0.1', 'latest')),
      seenAt: fc.constant('2026-05-04T12:00:00.000Z'),
    }),
    { selector: ({ digest }) => digest },
  ),
});

/** What is wrong with the times of an application's versions. */
function overlaps(promotions: readonly Promotion[], running?: string) {
  const stays = [...deploymentsOf(promotions, { running }).values()]
    .flatMap(({ from, to, isOpen }) =>
      from === undefined
        ? []
        : [{ from, to: to ?? (isOpen ? '~' : from), isOpen }],
    )
    .sort(
      (a, b) =>
        (a.from < b.from ? -1 : Number(a.from > b.from)) ||
        (a.to < b.to ? -1 : 1),
    );
  return [
    ...stays.filter(({ isOpen }) => isOpen).slice(1),
    ...stays.filter(({ from, to }, index) => {
      const next = stays[index + 1];
      return to < from || (next !== undefined && to > next.from);
    }),
  ];
}

/** The application and its promotions after each observation of a plan. */
function* statesOf(steps: Plan) {
  let state = initialState(Simulation.ref);
  for (const { observation } of simulate(steps).observations) {
    state = reduce(state, observation).state;
    yield state;
  }
}

const idOf = ({ digest, tag }: { digest?: string; tag?: string }) =>
  digest ?? tag;

describe('the grid of versions', () => {
  it('does not depend on the order of its input', () => {
    fc.assert(
      fc.property(anInput, fc.nat(), (input, seed) => {
        const shuffled = <T>(items: readonly T[]): T[] =>
          items
            .map((item, index) => ({ item, key: (index * 7919 + seed) % 31 }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        expect(
          toVersionRows({
            environments: input.environments,
            applications: shuffled(input.applications).map(application => ({
              ...application,
              running: shuffled(application.running),
              promotions: shuffled(application.promotions),
            })),
            images: shuffled(input.images),
          }),
        ).toEqual(toVersionRows(input));
      }),
    );
  });

  it('has sorted rows with ids of their own, and no empty cell', () => {
    fc.assert(
      fc.property(anInput, input => {
        const rows = toVersionRows(input);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
        const times = rows.map(({ at }) => at ?? '');
        expect(times).toEqual([...times].sort().reverse());
        for (const { cells } of rows) {
          expect(cells.length).toBeGreaterThan(0);
          for (const { states } of cells) {
            expect(states.length).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it('never has two running versions in an application', () => {
    fc.assert(
      fc.property(anInput, ({ applications }) => {
        for (const application of applications) {
          const running = [...applicationStates(application, idOf).values()];
          expect(
            running.filter(({ state }) => state === 'running').length,
          ).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('never has two versions in an application at one time', () => {
    fc.assert(
      fc.property(somePromotions, fc.nat(12), (promotions, running) =>
        expect(overlaps(promotions, promotions[running]?.id)).toEqual([]),
      ),
    );
  });

  it('holds for what the reducer writes', () => {
    fc.assert(
      fc.property(plan, steps => {
        for (const { application, promotions } of statesOf(steps)) {
          if (!application) {
            continue;
          }
          const pods = versionsByRepository(application.images);
          for (const repository of new Set(
            promotions.map(each => each.repository),
          )) {
            const own = promotions.filter(
              each => each.repository === repository,
            );
            const states = [
              ...applicationStates(
                { running: pods.get(repository) ?? [], promotions: own },
                idOf,
              ).values(),
            ];
            const running = states.filter(({ state }) => state === 'running');
            expect(running.length).toBeLessThanOrEqual(1);
            expect(overlaps(own, running[0]?.promotion)).toEqual([]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
