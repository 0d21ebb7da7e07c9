import fc from 'fast-check';
import { STAGES, type Promotion } from '../model/promotion';
import {
  API,
  Simulation,
  WEB,
  type SimulatedObservation,
} from '../testing/simulation';
import { disguise, disguised, settled } from './__testUtils__/disguise';
import { plan, simulate } from './__testUtils__/plans';
import { timeline } from '../testing/timeline';
import { sameJson } from './sameJson';
import { initialState, reduce } from './reduce';
import type { DeliveryState } from './types';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 1_500);
/** Properties whose type only allows a few words. */
const KEPT = new Set(['kind', 'source', 'status', 'phase']);
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 0x7fffffff);

function reduceAll(
  observations: SimulatedObservation[],
  each?: (
    state: DeliveryState,
    before: DeliveryState,
    item: SimulatedObservation,
  ) => DeliveryState,
): DeliveryState {
  let state = initialState(Simulation.ref);
  for (const item of observations) {
    const before = state;
    state = reduce(state, item.observation).state;
    state = each?.(state, before, item) ?? state;
  }
  return state;
}

const sorted = (promotions: Promotion[]) =>
  [...promotions].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Merges the sources in another order. Each source keeps its own order. */
function interleave(
  observations: SimulatedObservation[],
  choices: number[],
): SimulatedObservation[] {
  const queues = new Map<string, SimulatedObservation[]>();
  for (const item of observations) {
    queues.set(item.source, [...(queues.get(item.source) ?? []), item]);
  }
  const merged: SimulatedObservation[] = [];
  let choice = 0;
  while (queues.size) {
    const open = [...queues.entries()];
    const at = choices.length ? choices[choice % choices.length] : 0;
    const [source, queue] = open[at % open.length];
    choice += 1;
    const [first, ...rest] = queue;
    merged.push(first);
    if (rest.length) {
      queues.set(source, rest);
    } else {
      queues.delete(source);
    }
  }
  return merged;
}

/**
 * What the tracker loads after a restart: all that can still change, and the
 * latest others.
 */
function reload(state: DeliveryState): DeliveryState {
  return JSON.parse(JSON.stringify(state));
}

function check<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  predicate: (...values: T) => void,
): void {
  const all = fc.tuple<T>(...arbitraries);
  fc.assert(
    fc.property(all, values => predicate(...values)),
    {
      numRuns: RUNS,
      seed: SEED,
      verbose: fc.VerbosityLevel.None,
    },
  );
}

function expectTruthful(state: DeliveryState, simulation: Simulation): void {
  for (const {
    stages,
    repository,
    version,
    sync,
    outcome,
    commit,
    rollback,
  } of state.promotions) {
    const reached = STAGES.flatMap(stage => stages[stage] ?? []).map(
      ({ at }) => at,
    );
    expect(reached).toEqual([...reached].sort());
    if (stages.pushed?.basis === 'reported') {
      const { tag, digest } = version;
      expect(simulation.pushes).toContainEqual({
        repository,
        tag,
        digest,
        at: stages.pushed.at,
      });
    }
    const made = simulation.revised.find(({ sha }) => sha === commit?.revision);
    if (commit?.exact && !rollback) {
      expect(made?.touches).toBe(true);
      expect(version.tag).toBe(made?.images[repository]);
    }
    if (sync?.historyId !== undefined && outcome !== 'failed') {
      const deployment = simulation.deployments.find(
        d => d.historyId === sync.historyId,
      );
      expect(deployment?.images[repository]).toBe(version.tag);
    }
  }
  for (const repository of [API, WEB]) {
    const live = state.promotions.filter(
      promotion =>
        promotion.repository === repository && promotion.outcome === 'live',
    );
    expect(live.length).toBeLessThanOrEqual(1);
  }
}

describe(`properties (seed ${SEED}, ${RUNS} runs)`, () => {
  it('the same observation twice changes nothing', () => {
    check([plan], sequence => {
      reduceAll(
        simulate(sequence).observations,
        (state, _, { observation }) => {
          const again = reduce(state, observation);
          expect(again.changes).toEqual([]);
          expect(sameJson(again.state.promotions, state.promotions)).toBe(true);
          return again.state;
        },
      );
    });
  });

  it('any interleaving of the sources ends in the same promotions', () => {
    check(
      [plan, fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 40 })],
      (sequence, choices) => {
        const { observations } = simulate(sequence);
        const inOrder = reduceAll(observations);
        const otherwise = reduceAll(interleave(observations, choices));
        expect(timeline(sorted(otherwise.promotions))).toEqual(
          timeline(sorted(inOrder.promotions)),
        );
        expect(sorted(otherwise.promotions)).toEqual(
          sorted(inOrder.promotions),
        );
      },
    );
  });

  it('a failed attempt with the same version, replaced since, is not its own failure', () => {
    const { observations } = simulate({
      parameters: false,
      annotated: false,
      newestBuild: false,
      automatedSync: true,
      multiSource: false,
      history: true,
      steps: [
        { do: 'commit', image: 0, patch: 1 },
        { do: 'sync' },
        { do: 'commit', image: 0, patch: 0 },
        { do: 'refresh', outcome: 'failing' },
        { do: 'update-both', patch: 2 },
        { do: 'sync' },
        { do: 'update', image: 0, patch: 0, refresh: true },
      ],
    });
    // The revisions are resolved after everything else, or as they come.
    for (const order of [observations, interleave(observations, [0])]) {
      const again = reduceAll(order).promotions.find(
        ({ id, outcome }) => id.endsWith('|1.0.0|2') && outcome === 'live',
      );
      expect(again).toBeDefined();
      expect(again?.failure).toBeUndefined();
    }
  });

  it('what is lost costs precision, never truth', () => {
    check(
      [plan, fc.array(fc.boolean(), { minLength: 1, maxLength: 60 })],
      (sequence, keep) => {
        const simulation = simulate(sequence);
        const kept = simulation.observations.filter(
          (_, index) => keep[index % keep.length],
        );
        const observations: SimulatedObservation[] = [
          ...kept,
          { source: 'application', observation: simulation.listed() },
        ];
        const state = reduceAll(observations, next => {
          expectTruthful(next, simulation);
          return next;
        });
        expect(liveOf(state, simulation)).toEqual(runningOf(simulation));
      },
    );
  });

  it('what was synced is what its tag meant then', () => {
    check([plan], sequence => {
      const simulation = simulate(sequence);
      const { promotions } = reduceAll(simulation.observations);
      for (const { repository, version, stages, rollback } of promotions) {
        const synced = stages.synced?.at;
        const pushes = simulation.pushes.filter(
          (push, index, all) =>
            push.repository === repository &&
            push.tag === version.tag &&
            // A registry reports an image's push once, even if it is tagged
            // again later.
            index === all.findIndex(({ digest }) => digest === push.digest),
        );
        // Within the second of the sync, it isn't known which came first.
        const isClear = pushes.every(
          ({ at }) => synced && Math.abs(msBetween(at, synced)) > 2_000,
        );
        const isSaid = synced && isClear && !rollback;
        const meant = pushes.findLast(({ at }) => synced && at < synced);
        expect(isSaid ? stages.pushed?.at : meant?.at).toEqual(meant?.at);
      }
    });
  });

  it('stages never go back, times never decrease, and one version is live', () => {
    check([plan], sequence => {
      const simulation = simulate(sequence);
      reduceAll(simulation.observations, (state, before) => {
        expectTruthful(state, simulation);
        for (const promotion of state.promotions) {
          const former = before.promotions.find(p => p.id === promotion.id);
          expect(furthest(promotion.stages)).toBeGreaterThanOrEqual(
            furthest(former?.stages ?? {}),
          );
          const wentLive =
            promotion.outcome === 'live' &&
            // A version that was out of sight is live again, even if another
            // one is rolling out.
            !['live', 'abandoned'].includes(former?.outcome ?? '');
          expect(wentLive ? othersRunning(state, promotion) : []).toEqual([]);
        }
        return state;
      });
    });
  });

  it('a start from what was stored, at every point, gives the same as never stopping', () => {
    check([plan], sequence => {
      const { observations } = simulate(sequence);
      const throughout = reduceAll(observations);
      let last: SimulatedObservation | undefined;
      const restarted = reduceAll(observations, (state, _, item) => {
        last = item.source === 'application' ? item : last;
        const loaded = reload(state);
        return last ? reduce(loaded, last.observation).state : loaded;
      });
      expect(sorted(restarted.promotions)).toEqual(
        sorted(throughout.promotions),
      );
    });
  });

  it('nothing stays under way once Argo CD calls its revision Synced and Healthy', () => {
    check(
      [
        plan,
        disguise,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 40 }),
      ],
      (sequence, how, keep, choices) => {
        const simulation = simulate(sequence);
        const observations = simulation.observations.filter(
          (_, index) => keep[index % keep.length],
        );
        const inAnyOrder = interleave(observations, choices);
        const state = reduceAll([
          ...inAnyOrder.map(item => disguised(item, how)),
          ...simulation.revisions.map(observation => ({
            source: 'revisions' as const,
            observation,
          })),
          ...settled(simulation, how),
        ]);
        const { application } = state;
        const isDone =
          application?.sync.status === 'Synced' &&
          application.health.status === 'Healthy' &&
          application.operation?.phase === 'Succeeded';
        expect(isDone ? underWay(state) : []).toEqual([]);
      },
    );
  });

  it('never throws, whatever texts it is given', () => {
    check(
      [plan, fc.array(fc.string(), { minLength: 1, maxLength: 20 })],
      (sequence, texts) => {
        let count = 0;
        const garble = (key: string, value: unknown) => {
          count += 1;
          return typeof value === 'string' && !KEPT.has(key) && count % 3 === 0
            ? texts[count % texts.length]
            : value;
        };
        const observations: SimulatedObservation[] = JSON.parse(
          JSON.stringify(simulate(sequence).observations, garble),
        );
        expect(reduceAll(observations).ref).toEqual(Simulation.ref);
      },
    );
  });

  it('two replicas that hear the same in different order name the same promotions', () => {
    check(
      [plan, fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 40 })],
      (sequence, choices) => {
        const { observations } = simulate(sequence);
        // Both replicas write to one store, and each receives the observations
        // in its own order.
        const store = new Map<string, Promotion>();
        for (const order of [observations, interleave(observations, choices)]) {
          for (const promotion of reduceAll(order).promotions) {
            store.set(promotion.id, promotion);
          }
        }
        expect(store.size).toBe(reduceAll(observations).promotions.length);
        const merged: DeliveryState = {
          ...reload(reduceAll(observations)),
          promotions: [...store.values()],
        };
        const last = observations.findLast(
          item => item.source === 'application',
        );
        const changes = last ? reduce(merged, last.observation).changes : [];
        expect(changes).toEqual([]);
      },
    );
  });
});

/** What is committed or synced, and neither live nor over. */
function underWay({ promotions }: DeliveryState): string[] {
  return promotions
    .filter(
      ({ outcome, stages }) =>
        (!outcome || outcome === 'failed') &&
        (stages.committed ?? stages.synced) !== undefined,
    )
    .map(({ id, stages }) => `${id} ${Object.keys(stages).join(' ')}`);
}

function msBetween(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

function furthest(stages: Promotion['stages']): number {
  return STAGES.findLastIndex(stage => stages[stage] !== undefined);
}

/** Other versions of a promotion's image that run. */
function othersRunning(state: DeliveryState, promotion: Promotion): string[] {
  const { repository, version } = promotion;
  return (state.application?.images ?? []).filter(
    name =>
      name.startsWith(`${repository}:`) &&
      name !== `${repository}:${version.tag}`,
  );
}

/** What certainly runs, if everything has settled. */
function runningOf(simulation: Simulation): Record<string, string | undefined> {
  const { health, images, sync, operation } = simulation.current;
  const isSettled =
    health.status === 'Healthy' &&
    sync.status === 'Synced' &&
    operation?.phase === 'Succeeded';
  const named = images.map(name => name.split(/:(?=[^/]*$)/));
  const alone = named.filter(
    ([repository]) =>
      named.filter(other => other[0] === repository).length === 1,
  );
  return isSettled ? Object.fromEntries(alone) : {};
}

function liveOf(
  state: DeliveryState,
  simulation: Simulation,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.keys(runningOf(simulation)).map(repository => [
      repository,
      state.promotions.find(
        p => p.repository === repository && p.outcome === 'live',
      )?.version.tag,
    ]),
  );
}
