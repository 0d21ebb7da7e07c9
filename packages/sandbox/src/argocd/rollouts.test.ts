import { chartFiles } from '@landfall/testing-kit';
import { application } from './__testUtils__/chart';
import { Harness } from './__testUtils__/Harness';
import { asArray, asObject, asString, at, type Obj } from './json';

const REPOSITORY = 'registry.example.com/shop/api';
const STEPS = [
  { setWeight: 20 },
  { pause: {} },
  { setWeight: 50 },
  { pause: { duration: '1s' } },
];
const NAMES = {
  namespace: 'dev',
  kind: 'Rollout',
  group: 'argoproj.io',
  version: 'v1alpha1',
  resourceName: 'api',
};
const ACTIONS = '/api/v1/applications/api/resource/actions';

describe('Rollouts', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await Harness.start();
    await commit('1.0.0');
    await harness.call('POST', '/api/v1/applications', {
      body: application('api', harness.repository('deploy')),
    });
    await untilHealth('Healthy', ['1.0.0']);
    await commit('1.0.1');
    await untilHealth('Suspended', ['1.0.0', '1.0.1']);
  });

  afterEach(async () => {
    await harness.stop();
    harness.assertQuiet();
  });

  function commit(tag: string) {
    return harness.git.commit(
      'deploy',
      chartFiles(
        'apps/api',
        { repository: REPOSITORY, tag },
        { valuesFile: 'values-dev.yaml', canary: STEPS },
      ),
    );
  }

  async function untilHealth(health: string, tags: string[]): Promise<Obj> {
    const images = tags.map(tag => `${REPOSITORY}:${tag}`);
    return harness.until(
      'api',
      app =>
        at(app, 'status', 'health', 'status') === health &&
        at(app, 'status', 'sync', 'status') === 'Synced' &&
        JSON.stringify(at(app, 'status', 'summary', 'images')) ===
          JSON.stringify(images),
    );
  }

  async function status(): Promise<Obj> {
    const query = new URLSearchParams(NAMES);
    const { body } = await harness.call(
      'GET',
      `/api/v1/applications/api/resource?${query}`,
    );
    const manifest: unknown = JSON.parse(
      asString(at(body, 'manifest')) ?? 'null',
    );
    return asObject(at(manifest, 'status'));
  }

  async function possible(): Promise<string[]> {
    const query = new URLSearchParams(NAMES);
    const { body } = await harness.call('GET', `${ACTIONS}?${query}`);
    return asArray(at(body, 'actions')).flatMap(one =>
      at(one, 'disabled') ? [] : asString(at(one, 'name')) ?? [],
    );
  }

  const act = (action: string, as = 'admin') =>
    harness.call('POST', `${ACTIONS}/v2`, { as, body: { ...NAMES, action } });

  it('pause at a step, and go on when they are resumed', async () => {
    expect(await status()).toMatchObject({
      phase: 'Paused',
      message: 'CanaryPauseStep',
      currentStepIndex: 1,
      pauseConditions: [
        { reason: 'CanaryPauseStep', startTime: expect.any(String) },
      ],
    });
    expect(await possible()).toEqual([
      'abort',
      'promote-full',
      'restart',
      'resume',
    ]);
    expect(await act('resume')).toMatchObject({ status: 200, body: {} });
    await untilHealth('Healthy', ['1.0.1']);
    const { currentStepIndex, stableRS, currentPodHash } = await status();
    expect(currentStepIndex).toBe(STEPS.length);
    expect(stableRS).toBe(currentPodHash);
    expect(await possible()).toEqual(['restart']);
  });

  it('are promoted past all steps', async () => {
    await act('promote-full');
    await untilHealth('Healthy', ['1.0.1']);
    expect((await status()).phase).toBe('Healthy');
  });

  it('return to the stable version when they are aborted, until a retry', async () => {
    await act('abort');
    await untilHealth('Degraded', ['1.0.0']);
    expect(await status()).toMatchObject({
      abort: true,
      message: 'RolloutAborted: Rollout aborted update to revision 2',
    });
    expect(await possible()).toEqual(['promote-full', 'restart', 'retry']);
    await act('retry');
    await untilHealth('Suspended', ['1.0.0', '1.0.1']);
    await commit('1.0.0');
    await untilHealth('Healthy', ['1.0.0']);
  });

  it('restart, and keep their state across a restart of Argo CD', async () => {
    await act('restart');
    await untilHealth('Suspended', ['1.0.0', '1.0.1']);
    await harness.restart();
    expect(await status()).toMatchObject({ currentStepIndex: 1 });
    await act('resume');
    await untilHealth('Healthy', ['1.0.1']);
  });

  it('take the next version in the middle', async () => {
    await commit('1.0.2');
    await untilHealth('Suspended', ['1.0.0', '1.0.2']);
    expect(await status()).toMatchObject({ currentStepIndex: 1 });
    await act('promote-full');
    await untilHealth('Healthy', ['1.0.2']);
  });

  it('refuse callers without the right, and unknown actions', async () => {
    expect(await act('resume', 'backstage')).toMatchObject({
      status: 403,
      body: { error: 'permission denied', code: 7 },
    });
    expect(await act('explode')).toMatchObject({ status: 400 });
    expect(await status()).toMatchObject({ phase: 'Paused' });
  });
});
