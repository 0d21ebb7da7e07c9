import { type Action, FIRST_TAG, NEXT_TAG, type Scenario } from '../types';
import type { EventFaults } from '../RegistryEvents';

/** CI pushes, and the registry's events of it go astray. */
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

/** How the portal learns of pushes. Nothing takes them, so that the registry alone can tell. */
export const EVENTS: Scenario[] = [
  {
    name: 'events-astray',
    story: 'events of the registry get lost, come twice and in another order',
    service: { updater: 'none' },
    steps: [
      pushDisturbed('are lost', { lose: 1 }, NEXT_TAG),
      // By then the Image Updater would have had time for it.
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
