import { API, Simulation } from '../testing/simulation';
import { outline } from '../testing/timeline';
import { play, world } from './__testUtils__/worlds';
import { initialState, reduce } from './reduce';

/**
 * The outline of the promotions if the application isn't observed during
 * `unseen`. Observations of the registry and the revisions arrive late.
 */
function outlineWithGap(
  simulation: Simulation,
  unseen: (simulation: Simulation) => Simulation,
): string[] {
  let { state } = play(simulation);
  const seen = simulation.observations.length;
  unseen(simulation);
  const late = simulation.observations
    .slice(seen)
    .filter(({ source }) => source !== 'application');
  const observations = [
    simulation.listed(),
    ...late.map(({ observation }) => observation),
  ];
  for (const observation of observations) {
    state = reduce(state, observation).state;
  }
  // A restart reports everything again.
  for (const observation of observations) {
    expect(reduce(state, observation).changes).toEqual([]);
  }
  return outline(state.promotions);
}

describe('while nobody looks', () => {
  it('two versions come: both are one promotion each', () => {
    expect(
      outlineWithGap(world().push(API, '1.0.1'), simulation =>
        simulation
          .update({ [API]: '1.0.1' })
          .refresh()
          .push(API, '1.0.2')
          .update({ [API]: '1.0.2' })
          .refresh(),
      ),
    ).toEqual([
      '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1, pushed, committed by, synced #1, superseded (Replaced by 1.0.2)',
      '1.0.1 → 1.0.2, pushed, committed by, synced #2, healthy, live',
    ]);
  });

  it('a version that was committed before comes and goes', () => {
    expect(
      outlineWithGap(
        world({ automatedSync: false })
          .update({ [API]: '1.0.1' })
          .refresh(),
        simulation =>
          simulation
            .sync({ by: 'jo' })
            .update({ [API]: '1.0.2' })
            .refresh()
            .sync({ by: 'jo' }),
      ),
    ).toEqual([
      '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1, committed by, synced #1, superseded (Replaced by 1.0.2)',
      '1.0.1 → 1.0.2, committed by, synced #2, healthy, live',
    ]);
  });

  it('a version comes, and is rolled back', () => {
    expect(
      outlineWithGap(
        world({ automatedSync: false }).push(API, '1.0.1'),
        simulation =>
          simulation
            .update({ [API]: '1.0.1' })
            .refresh()
            .sync({ by: 'jo' })
            .sync({ by: 'jo', to: 0 }),
      ),
    ).toEqual([
      '? → 1.0.0, synced #0, healthy, live',
      '1.0.0 → 1.0.1, pushed, committed by, synced #1, rolled-back (Rolled back to 1.0.0 by jo)',
    ]);
  });

  it('a version that was live is rolled back, and another one comes', () => {
    expect(
      outlineWithGap(
        world({ automatedSync: false })
          .push(API, '1.0.1')
          .update({ [API]: '1.0.1' })
          .refresh()
          .sync({ by: 'jo' }),
        simulation =>
          simulation
            .sync({ by: 'jo', to: 0 })
            .push(API, '1.0.2')
            .update({ [API]: '1.0.2' })
            .refresh()
            .sync({ by: 'jo' }),
      ),
    ).toEqual([
      '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1, pushed, committed by, synced #1, healthy, rolled-back (Rolled back to 1.0.0 by jo)',
      '1.0.1 → 1.0.0 (rollback), synced #2, superseded (Replaced by 1.0.2)',
      '1.0.0 → 1.0.2, pushed, committed by, synced #3, healthy, live',
    ]);
  });

  it('a version is synced, then something else whose version is unknown', () => {
    expect(
      outlineWithGap(
        world().push(API, '1.0.1').push(API, '1.0.2'),
        simulation =>
          simulation
            .update({ [API]: '1.0.1' })
            .refresh()
            .commit({ [API]: '1.0.2' }, 'build: automatic update of another')
            .refresh()
            .update({ [API]: '1.0.3' })
            .refresh(),
      ).filter(line => line.includes('→ 1.0.1')),
    ).toEqual([
      '1.0.0 → 1.0.1, pushed, committed by, synced #1, superseded (Replaced by 1.0.3)',
    ]);
  });

  it('several versions are synced, none seen healthy, and the last one is rolled back', () => {
    const simulation = world({ automatedSync: false });
    for (const tag of ['1.0.1', '1.0.2', '1.0.3']) {
      simulation
        .push(API, tag)
        .update({ [API]: tag })
        .refresh()
        .sync({ by: 'jo' });
    }
    simulation.sync({ by: 'jo', to: 2 });
    let state = initialState(Simulation.ref);
    for (const { observation } of simulation.observations) {
      // A version that runs alone is only observed if it is the first.
      const isSeen =
        observation.kind !== 'application-observed' ||
        observation.application.images.length > 1 ||
        observation.application.images.includes(`${API}:1.0.0`);
      state = isSeen ? reduce(state, observation).state : state;
    }
    state = reduce(state, simulation.listed()).state;
    const first = state.promotions.find(p => p.version.tag === '1.0.0');
    expect(first).toMatchObject({
      outcome: 'superseded',
      reason: {
        code: 'promotion.replaced',
        parameters: { version: '1.0.2' },
      },
    });
  });

  it('a version that ran in the meantime has another promotion when it comes again', () => {
    const simulation = world().push(API, '1.0.1');
    outlineWithGap(simulation, gap =>
      gap
        .update({ [API]: '1.0.1' })
        .refresh()
        .push(API, '1.0.2')
        .update({ [API]: '1.0.2' })
        .refresh(),
    );
    let state = initialState(Simulation.ref);
    const gapEnds = simulation.observations.length;
    simulation
      .commit({ [API]: '1.0.1' }, 'Back to it')
      .refresh()
      .wait(60_000);
    const [first, push, ...others] = simulation.observations;
    const observations = [
      first,
      push,
      ...others.filter(
        ({ source }, index) => source !== 'application' || index + 2 >= gapEnds,
      ),
    ];
    for (const { observation } of observations) {
      state = reduce(state, observation).state;
    }
    const ids = state.promotions
      .filter(({ version }) => version.tag === '1.0.1')
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(
      state.promotions.filter(({ outcome }) => outcome === 'live'),
    ).toHaveLength(1);
  });
});
