import { sendJson } from '../../../__testUtils__/httpServer';
import { servedForEachTest } from '../../../__testUtils__/ServedClient';

const REF = { instance: 'main', namespace: 'argocd', name: 'api' };

const start = servedForEachTest();

// No recording has a Rollout. These satisfy the schema of Argo Rollouts' CRD, and their
// states are those in which its controller leaves one.
function rollout(spec: object, status?: object) {
  return {
    group: 'argoproj.io',
    kind: 'Rollout',
    name: 'api',
    liveState: JSON.stringify({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'api', namespace: 'dev' },
      spec,
      status,
    }),
  };
}

const STEPS = [
  { setWeight: 20 },
  { pause: {} },
  { setWeight: 50 },
  { analysis: { templates: [{ templateName: 'success-rate' }] } },
  { pause: { duration: '30s' } },
  { pause: { duration: 60 } },
  { setCanaryScale: { replicas: 3 } },
];
const CANARY = { strategy: { canary: { steps: STEPS } } };

async function read(...items: object[]) {
  const { client, server } = await start((_, response) =>
    sendJson(response, 200, { items }),
  );
  const rollouts = await client.resources.rollouts(REF);
  return { rollouts, received: server.received };
}

describe('Rollouts', () => {
  it('have the steps and the analysis of a canary', async () => {
    const { rollouts, received } = await read(
      rollout(CANARY, {
        phase: 'Paused',
        message: 'CanaryPauseStep',
        currentStepIndex: 1,
        pauseConditions: [
          { reason: 'CanaryPauseStep', startTime: '2026-11-23T03:43:46Z' },
        ],
        canary: {
          weights: { canary: { weight: 25 }, stable: { weight: 75 } },
          currentStepAnalysisRunStatus: {
            name: 'api-1-3',
            status: 'Inconclusive',
            message: 'no value',
          },
          currentBackgroundAnalysisRunStatus: {
            name: 'api-1',
            status: 'Running',
          },
        },
      }),
    );
    expect(rollouts).toEqual([
      {
        namespace: 'dev',
        name: 'api',
        strategy: 'canary',
        phase: 'Paused',
        message: 'CanaryPauseStep',
        aborted: false,
        pauses: [
          { reason: 'CanaryPauseStep', startedAt: '2026-11-23T03:43:46.000Z' },
        ],
        steps: [
          { kind: 'setWeight', weight: 20 },
          { kind: 'pause' },
          { kind: 'setWeight', weight: 50 },
          { kind: 'analysis', templates: ['success-rate'] },
          { kind: 'pause', duration: '30s' },
          { kind: 'pause', duration: '60' },
          { kind: 'setCanaryScale' },
        ],
        currentStep: 1,
        weight: 25,
        analyses: [
          {
            name: 'api-1-3',
            kind: 'step',
            status: 'Inconclusive',
            message: 'no value',
          },
          {
            name: 'api-1',
            kind: 'background',
            status: 'Running',
            message: undefined,
          },
        ],
      },
    ]);
    expect(received.map(({ url }) => url)).toEqual([
      '/api/v1/applications/api/managed-resources?group=argoproj.io&kind=Rollout&appNamespace=argocd',
    ]);
  });

  it.each([
    ['before its first step', { currentStepIndex: 0 }, 20],
    ['between steps that set a weight', { currentStepIndex: 1 }, 20],
    ['at the last steps', { currentStepIndex: 6 }, 50],
    ['when all steps are done', { currentStepIndex: STEPS.length }, 100],
    // The controller returns to the first step.
    ['of one that was aborted', { currentStepIndex: 0, abort: true }, 0],
    ['of one that has not started', {}, undefined],
  ])(
    'without a traffic router have the weight %s',
    async (_, status, weight) => {
      const { rollouts } = await read(rollout(CANARY, status));
      expect(rollouts[0].weight).toBe(weight);
    },
  );

  it('have weights in percent, however many parts the router divides into', async () => {
    const steps = [{ setWeight: 5 }, { pause: {} }, { setWeight: 250 }];
    const trafficRouting = { maxTrafficWeight: 1000 };
    const { rollouts } = await read(
      rollout(
        { strategy: { canary: { steps, trafficRouting } } },
        {
          currentStepIndex: 1,
          canary: {
            weights: { canary: { weight: 5 }, stable: { weight: 995 } },
          },
        },
      ),
    );
    expect(rollouts).toMatchObject([
      {
        weight: 0.5,
        steps: [
          { kind: 'setWeight', weight: 0.5 },
          { kind: 'pause' },
          { kind: 'setWeight', weight: 25 },
        ],
      },
    ]);
  });

  it('have the analyses of a blue-green rollout, and no weight', async () => {
    const { rollouts } = await read(
      rollout(
        { strategy: { blueGreen: { activeService: 'api' } } },
        {
          phase: 'Degraded',
          message: 'RolloutAborted: Rollout aborted update to revision 2',
          abort: true,
          abortedAt: '2026-11-23T03:43:46Z',
          blueGreen: {
            activeSelector: '5d8c',
            previewSelector: '7f9b',
            prePromotionAnalysisRunStatus: { name: 'pre', status: 'Failed' },
          },
        },
      ),
    );
    expect(rollouts).toMatchObject([
      {
        strategy: 'blueGreen',
        aborted: true,
        steps: [],
        weight: undefined,
        analyses: [{ name: 'pre', kind: 'pre-promotion', status: 'Failed' }],
      },
    ]);
  });

  it('of another shape, and other objects, are left out', async () => {
    const { rollouts } = await read(
      rollout({ strategy: 'canary' }),
      { group: 'argoproj.io', kind: 'Rollout', liveState: 'null' },
      { ...rollout(CANARY), kind: 'AnalysisRun' },
      rollout({ workloadRef: { name: 'api' } }),
    );
    expect(rollouts).toMatchObject([{ strategy: 'unknown', steps: [] }]);
  });
});
