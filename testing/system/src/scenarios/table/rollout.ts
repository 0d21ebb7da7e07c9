import type { Scenario } from '../types';
import { FIRST_TAG } from '../expectations';
import { failRollout, push } from './actions';

const NO_DEADLINE = '  progressDeadlineSeconds: 600\n';

/** What keeps an applied version from going live. */
export const ROLLOUT: Scenario[] = [
  {
    name: 'rolling-out',
    story: 'the new pods take their time',
    service: { deploymentSpec: NO_DEADLINE },
    steps: [
      failRollout,
      push,
      { code: 'rolling-out', words: 'Waiting for rollout to finish' },
    ],
  },
  {
    name: 'suspended',
    story: 'the Deployment is paused',
    service: {
      deploymentSpec: `  paused: {{ ne .Values.image.tag "${FIRST_TAG}" }}\n`,
    },
    steps: [push, { code: 'suspended', words: 'paused' }],
  },
  {
    name: 'degraded',
    story: 'the new pods do not get ready in time',
    steps: [
      failRollout,
      push,
      {
        code: 'degraded',
        words:
          'Deployment degraded: Deployment "degraded" exceeded its progress deadline',
      },
    ],
  },
  {
    name: 'missing',
    story: 'somebody deletes what was applied',
    service: {
      deploymentSpec: NO_DEADLINE,
      syncPolicy: { automated: { enabled: true, prune: true } },
    },
    steps: [
      failRollout,
      push,
      { code: 'rolling-out', words: 'Waiting for rollout to finish' },
      {
        does: 'the Deployment and the Service are deleted',
        run: async scenario => {
          await scenario.deleteResource({ group: 'apps', kind: 'Deployment' });
          await scenario.deleteResource({ group: '', kind: 'Service' });
        },
      },
      {
        code: 'missing',
        words: { code: 'cause.resources-missing', parameters: {} },
      },
    ],
  },
];
