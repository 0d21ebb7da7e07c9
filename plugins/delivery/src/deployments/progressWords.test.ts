import type { RolloutProgress } from '@landfall/backstage-plugin-delivery-common';
import { englishTexts } from '../translation/__testUtils__/englishTexts';
import { progressWords } from './progressWords';

const t = englishTexts();

describe('progressWords', () => {
  it.each<[RolloutProgress[], string]>([
    [[], ''],
    [[{ step: 'updated', pods: 1, of: 3 }], '1 of 3 pods updated'],
    [[{ step: 'updated', pods: 2 }], 'pods updated: 2'],
    [[{ step: 'available', pods: 1, of: 3 }], '1 of 3 pods ready'],
    [[{ step: 'unready', pods: 2 }], 'pods not ready: 2'],
    [[{ step: 'ending', pods: 1 }], 'old pods ending: 1'],
    [
      [
        { step: 'available', pods: 1, of: 3 },
        { step: 'ending', pods: 1 },
      ],
      'Deployment 1: 1 of 3 pods ready, Deployment 2: old pods ending: 1',
    ],
  ])('writes %j as %j', (progress, expected) => {
    const workloads = progress.map((each, index) => ({
      ...each,
      workload: `Deployment ${index + 1}`,
    }));
    expect(progressWords(workloads, t)).toBe(expected);
  });
});
