import fc from 'fast-check';
import { API, Simulation } from '../testing/simulation';
import { play, UPDATER, world } from './__testUtils__/worlds';
import { initialState, reduce } from './reduce';

// All of these are valid tags, and properties of every JavaScript object.
const TAGS = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'valueOf',
];

const step = fc.record({
  tag: fc.constantFrom(...TAGS),
  pushed: fc.boolean(),
});

function simulate(steps: { tag: string; pushed: boolean }[]): Simulation {
  const simulation = world({
    images: { [API]: TAGS[0] },
    annotations: {
      [`${UPDATER}image-list`]: `app=${API}`,
      [`${UPDATER}app.update-strategy`]: 'alphabetical',
    },
  });
  for (const { tag, pushed } of steps) {
    if (pushed) {
      simulation.push(API, tag);
    }
    simulation.update({ [API]: tag }).refresh();
  }
  return simulation;
}

describe('tags that are names of properties', () => {
  it('are counted like any other', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), steps => {
        const { promotions, memory } = play(simulate(steps)).state;
        expect(promotions.length).toBeGreaterThan(0);
        for (const { id } of promotions) {
          expect(id).toMatch(/\|(?:[A-Za-z_]+|sha256:[0-9a-f]{64})\|\w+$/);
        }
        for (const { counts, floor } of Object.values(memory.repositories)) {
          expect(Number.isInteger(floor)).toBe(true);
          for (const count of Object.values(counts)) {
            expect(Number.isInteger(count)).toBe(true);
          }
        }
        expect(new Set(promotions.map(({ id }) => id)).size).toBe(
          promotions.length,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('make the same promotions when the state is stored after each observation', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), steps => {
        const simulation = simulate(steps);
        let state = initialState(Simulation.ref);
        for (const { observation } of simulation.observations) {
          state = JSON.parse(JSON.stringify(reduce(state, observation).state));
        }
        expect(state).toEqual(
          JSON.parse(JSON.stringify(play(simulation).state)),
        );
      }),
      { numRuns: 50 },
    );
  });
});
