import {
  type Application,
  type DeliveryState,
  initialState,
  type Observation,
  reduce,
  unresolvedRevisions,
} from '@landfall/backstage-plugin-delivery-common';
import {
  API,
  Simulation,
} from '@landfall/backstage-plugin-delivery-common/testUtils';
import fc from 'fast-check';
import type { Known } from './PartialObserver';
import { compareApplication } from './compare';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 1_000);
/** `yarn properties` sets a different seed each time. */
const SEED = Number(process.env.PROPERTY_SEED ?? 1);

type Step =
  | { kind: 'release' | 'failure' | 'quiet' }
  | { kind: 'rollback'; back: number }
  | { kind: 'elsewhere' };

/** A version comes, fails until the next one comes, or is rolled back. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'release' as const,
        'release' as const,
        'quiet' as const,
        'failure' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rollback' as const),
      back: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('elsewhere' as const) }),
  },
);

interface Plan {
  automatedSync: boolean;
  parameters: boolean;
  annotated: boolean;
  steps: Step[];
  deleted: boolean;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  automatedSync: fc.boolean(),
  parameters: fc.boolean(),
  /** Pushes open promotions before anything is committed. */
  annotated: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  deleted: fc.boolean(),
});

function simulate({
  automatedSync,
  parameters,
  annotated,
  steps,
  deleted,
}: Plan): Simulation {
  const simulation = new Simulation({
    images: { [API]: '1.0.0' },
    automatedSync,
    annotations: annotated
      ? { 'argocd-image-updater.argoproj.io/image-list': `app=${API}:~1.0` }
      : {},
  });
  let patch = 0;
  for (const item of steps) {
    switch (item.kind) {
      case 'rollback': {
        const { history, sync } = simulation.current;
        const to = history.at(-1 - item.back);
        // Once the head moves on, a sync of it can't be distinguished from a
        // rollback to it.
        const isHead = to?.revisions.join() === sync.revisions.join();
        if (!automatedSync && to && !isHead) {
          simulation.sync({ by: 'jo', to: to.id });
        }
        break;
      }
      case 'elsewhere':
        simulation.update({}, 'another-app').refresh();
        break;
      default: {
        patch += 1;
        const tag = `1.0.${patch}`;
        simulation.push(API, tag);
        if (parameters) {
          simulation.setParameters(API, tag);
        } else {
          simulation.update({ [API]: tag });
        }
        const how = {
          degraded: item.kind === 'failure',
          quiet: item.kind === 'quiet',
        };
        simulation.refresh(how);
        if (!automatedSync) {
          simulation.sync({ by: 'jo', ...how });
        }
      }
    }
    simulation.wait(20_000);
  }
  if (deleted) {
    simulation.gone();
  }
  return simulation;
}

/**
 * What a portal knows after these observations. It requests revisions as soon
 * as it needs them.
 */
function known(
  observations: Observation[],
  answers: Map<string, Observation>,
): Known {
  let state: DeliveryState = initialState(Simulation.ref);
  let application: Application | undefined;
  let gone = false;
  for (const observation of observations) {
    state = reduce(state, observation).state;
    if (observation.kind === 'application-observed') {
      application = observation.application;
      gone = false;
      for (const { revision } of unresolvedRevisions(state)) {
        const answer = answers.get(revision);
        state = answer ? reduce(state, answer).state : state;
      }
    } else if (observation.kind === 'application-gone') {
      gone = true;
    }
  }
  return {
    gone,
    ...(application && { application }),
    promotions: state.promotions,
  };
}

describe(`a portal that was blind for a while (seed ${SEED}, ${RUNS} runs)`, () => {
  it('has the same promotions, except for what nobody can know', () => {
    fc.assert(
      fc.property(
        plan,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (sequence, from, length) => {
          const simulation = simulate(sequence);
          const observations = simulation.observations.filter(
            ({ source }) => source !== 'revisions',
          );
          const answers = new Map(
            simulation.revisions.map(observation => [
              observation.revision,
              observation,
            ]),
          );
          const isBlind = (index: number) =>
            index >= from && index < from + length;
          const last = sequence.deleted
            ? observations.slice(-1)
            : [{ source: 'application', observation: simulation.listed() }];
          const missed = observations.filter(
            ({ source }, index) => isBlind(index) && source === 'registry',
          );
          const all = [...observations, ...last].map(one => one.observation);
          const seen = [
            ...observations.filter((_, index) => !isBlind(index)),
            ...last,
            ...missed,
          ].map(one => one.observation);
          const differences = compareApplication(
            'api',
            known(all, answers),
            known(seen, answers),
          );
          expect(differences).toEqual([]);
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
