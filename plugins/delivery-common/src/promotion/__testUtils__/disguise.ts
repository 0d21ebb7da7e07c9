import fc from 'fast-check';
import {
  API,
  type Simulation,
  type SimulatedObservation,
} from '../../testing/simulation';

/** How an Argo CD can report less, or more, than the simulated one. */
export interface Disguise {
  /** The results of syncs contain no images. */
  silent: boolean;
  /** Pods: as simulated, none, or also one of a version that nothing applied. */
  pods: 'own' | 'none' | 'more';
}

export const disguise: fc.Arbitrary<Disguise> = fc.record({
  silent: fc.boolean(),
  pods: fc.constantFrom('own' as const, 'none' as const, 'more' as const),
});

/** An observation under a disguise. */
export function disguised(
  item: SimulatedObservation,
  { silent, pods }: Disguise,
): SimulatedObservation {
  const { observation } = item;
  if (observation.kind !== 'application-observed') {
    return item;
  }
  const { images, operation } = observation.application;
  const shown = {
    own: images,
    none: [],
    more: [...images, `${API}:0.9.0`],
  };
  return {
    ...item,
    observation: {
      ...observation,
      application: {
        ...observation.application,
        images: shown[pods],
        ...(operation && {
          operation: { ...operation, ...(silent && { images: [] }) },
        }),
      },
    },
  };
}

/** The application, compared again after a while and after a longer while. */
export function settled(
  simulation: Simulation,
  how: Disguise,
): SimulatedObservation[] {
  return [5, 30, 60].map(minutes => {
    const at = new Date(
      Date.parse(simulation.clock) + minutes * 60_000,
    ).toISOString();
    return disguised(
      {
        source: 'application',
        observation: {
          kind: 'application-observed',
          application: { ...simulation.current, reconciledAt: at },
          seenAt: at,
        },
      },
      how,
    );
  });
}
