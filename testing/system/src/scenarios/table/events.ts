import { FIRST_TAG, NEXT_TAG } from '../expectations';
import type { EventFaults } from '../RegistryEvents';
import type { Action, Scenario } from '../types';
import { compare } from './actions';

/** CI pushes, and faults affect the registry's events. */
function pushDisturbed(
  how: string,
  faults: EventFaults,
  ...tags: string[]
): Action {
  return {
    does: `CI pushes ${tags.join(' and ')}, and the events of it ${how}`,
    run: scenario => scenario.pushDisturbed(faults, tags),
  };
}

/**
 * How the portal learns about pushes. No ImageUpdater uses the versions, so
 * only the registry can report them.
 */
export const EVENTS: Scenario[] = [
  {
    name: 'events-astray',
    story: 'events of the registry get lost, come twice and in another order',
    service: { updater: 'none' },
    steps: [
      pushDisturbed('are lost', { lose: 1 }, NEXT_TAG),
      compare,
      // By then, the Image Updater would have had time to commit it.
      { code: 'updater-not-enabled' },
      pushDisturbed('come twice', { double: 1 }, '1.0.2'),
      {
        timeline: {
          [FIRST_TAG]: 'live',
          [NEXT_TAG]: 'open',
          '1.0.2': 'open',
        },
      },
      pushDisturbed('are shuffled', { shuffle: 2 }, '1.0.3', '1.0.4'),
      {
        timeline: {
          [FIRST_TAG]: 'live',
          [NEXT_TAG]: 'open',
          '1.0.2': 'open',
          '1.0.3': 'open',
          '1.0.4': 'open',
        },
      },
    ],
  },
];
