import { application, chart } from './__testUtils__/chart';
import { Harness } from './__testUtils__/Harness';
import { at } from './json';

describe('events of an application', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.start({ pollSeconds: 60 });
  });

  afterAll(async () => {
    await harness.stop();
  });

  it('come in the order of the changes, although the controller answers a change by another', async () => {
    await harness.git.commit(
      'deploy',
      chart('apps/api', { repository: 'example.com/api', tag: '1.0.0' }),
    );
    await harness.call('POST', '/api/v1/applications', {
      body: application('api', harness.repository('deploy'), {
        automated: false,
      }),
    });
    await harness.until(
      'api',
      app => at(app, 'status', 'sync', 'status') === 'OutOfSync',
    );
    const watch = await harness.watch('api');
    await watch.until(({ type }) => type === 'ADDED');
    for (const count of [1, 2, 3]) {
      const { status } = await harness.call(
        'POST',
        '/api/v1/applications/api/sync',
        { body: {} },
      );
      expect(status).toBe(200);
      await harness.until('api', app => {
        const history = at(app, 'status', 'history');
        return (
          Array.isArray(history) && history.length === count && !app.operation
        );
      });
    }
    const { body } = await harness.call('GET', '/api/v1/applications/api');
    const last = Number(at(body, 'metadata', 'resourceVersion'));
    const versions = () =>
      watch.events.map(({ app }) =>
        Number(at(app, 'metadata', 'resourceVersion')),
      );
    await watch.until(
      ({ app }) => Number(at(app, 'metadata', 'resourceVersion')) >= last,
    );
    watch.close();
    expect(versions().length).toBeGreaterThan(9);
    expect(versions()).toEqual([...versions()].sort((a, b) => a - b));
  });
});
