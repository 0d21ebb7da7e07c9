import { application, chart } from './__testUtils__/chart';
import { Harness } from './__testUtils__/Harness';
import { settled, summary } from './__testUtils__/Watch';
import { at, asArray } from './json';

const IMAGE = 'registry.example.com/shop/api';

describe('the loop from Git to the cluster', () => {
  let harness: Harness;

  beforeEach(async () => {
    // Long enough for a busy machine to see the rollout.
    harness = await Harness.start({
      rolloutSeconds: 1.5,
      progressDeadlineSeconds: 10,
    });
  });

  afterEach(async () => {
    await harness.stop();
    harness.assertQuiet();
  });

  it('syncs a new application and follows a commit, with the events in the recorded order', async () => {
    const repository = harness.repository('deploy');
    await harness.git.commit(
      'deploy',
      chart('apps/api', { repository: IMAGE, tag: '1.0.0' }),
    );
    const created = await harness.call('POST', '/api/v1/applications', {
      body: application('api-dev', repository),
    });
    expect(created.status).toBe(200);
    await harness.until('api-dev', settled('1.0.0'));

    const watch = await harness.watch('api-dev');
    await watch.until(() => true);
    const sha = await harness.git.commit(
      'deploy',
      chart('apps/api', { repository: IMAGE, tag: '1.0.1' }),
    );
    await watch.until(({ app }) => settled('1.0.1')(app));
    watch.close();

    const lines = watch.events.map(({ app }) => summary(app));
    const distinct = lines.filter((line, i) => line !== lines[i - 1]);
    expect(distinct).toEqual([
      'idle Succeeded Synced Healthy 1.0.0 h0',
      'operation - Synced Healthy 1.0.0 h0',
      'operation - OutOfSync Healthy 1.0.0 h0',
      'operation Running OutOfSync Healthy 1.0.0 h0',
      'operation Running OutOfSync Healthy 1.0.0 h1',
      'idle Succeeded OutOfSync Healthy 1.0.0 h1',
      'idle Succeeded Synced Progressing 1.0.0+1.0.1 h1',
      'idle Succeeded Synced Healthy 1.0.0+1.0.1 h1',
      'idle Succeeded Synced Healthy 1.0.1 h1',
    ]);
    const app = await harness.application('api-dev');
    expect(at(app, 'status', 'sync', 'revision')).toBe(sha);
    expect(asArray(at(app, 'status', 'history')).length).toBe(2);
  });
});
