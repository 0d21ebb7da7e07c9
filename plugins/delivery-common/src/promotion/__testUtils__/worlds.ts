import { API, Simulation } from '../../testing/simulation';
import type { SimulationOptions } from '../../testing/simulatedApplication';
import { outline } from '../../testing/timeline';
import { initialState, reduce } from '../reduce';
import type { Change, DeliveryState } from '../types';

export const UPDATER = 'argocd-image-updater.argoproj.io/';

/** An application with one image, which the updater keeps below 1.1. */
export function world(options: Partial<SimulationOptions> = {}): Simulation {
  return new Simulation({
    images: { [API]: '1.0.0' },
    annotations: { [`${UPDATER}image-list`]: `app=${API}:~1.0` },
    ...options,
  });
}

/** Reduces everything that the simulation reported. */
export function play(
  simulation: Simulation,
  from: DeliveryState = initialState(Simulation.ref),
): { state: DeliveryState; changes: Change[] } {
  let state = from;
  const changes: Change[] = [];
  for (const { observation } of simulation.observations) {
    const result = reduce(state, observation);
    state = result.state;
    changes.push(...result.changes);
  }
  return { state, changes };
}

/** The outline of a repository's promotions, without times. */
export function outlineOf(simulation: Simulation, repository = API): string[] {
  const { promotions } = play(simulation).state;
  return outline(promotions.filter(p => p.repository === repository));
}
