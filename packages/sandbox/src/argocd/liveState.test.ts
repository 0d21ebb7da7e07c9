import { application, chart } from './__testUtils__/chart';
import { Harness } from './__testUtils__/Harness';
import { settled, summary } from './__testUtils__/Watch';

const image = (tag: string) => ({ repository: 'example.com/api', tag });

describe('the live state', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await Harness.start({ rolloutSeconds: 1.5, pollSeconds: 60 });
  });

  afterEach(async () => {
    harness.git.beforeRead = undefined;
    await harness.stop();
  });

  it('is followed although Git does not answer', async () => {
    await harness.git.commit('deploy', chart('apps/api', image('1.0.0')));
    await harness.call('POST', '/api/v1/applications', {
      body: application('api', harness.repository('deploy')),
    });
    const watch = await harness.watch('api');
    await watch.until(({ app }) => summary(app).includes('Synced Progressing'));
    let answer = () => {};
    const held = new Promise<void>(resolve => {
      answer = resolve;
    });
    const asked = new Promise<void>(resolve => {
      harness.git.beforeRead = async () => {
        resolve();
        await held;
      };
    });
    const refreshed = harness.call(
      'GET',
      '/api/v1/applications/api?refresh=normal',
    );
    await asked;
    await watch.until(({ app }) => settled('1.0.0')(app));
    answer();
    expect((await refreshed).status).toBe(200);
    watch.close();
    expect(watch.events.map(({ app }) => summary(app)).at(-1)).toBe(
      'idle Succeeded Synced Healthy 1.0.0 h0',
    );
  });
});
