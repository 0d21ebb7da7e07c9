import { runExample } from '../__testUtils__/runExample';
import {
  anApplication,
  FakeArgoCd,
  instancesOf,
} from '../__testUtils__/fakeArgoCd';
import { createArgoCdApplicationWaitAction } from './argocdApplicationWait';
import { examples } from './argocdApplicationWait.examples';

describe('examples of delivery:argocd:application:wait', () => {
  it.each(examples)('$description', async example => {
    const client = new FakeArgoCd([
      anApplication({ sync: { status: 'OutOfSync', revisions: [] } }),
      anApplication({ health: { status: 'Progressing' } }),
    ]);
    const action = createArgoCdApplicationWaitAction({
      instances: instancesOf(client),
      intervalSeconds: 0.001,
    });
    await expect(runExample(action, example)).resolves.toEqual([
      expect.objectContaining({ sync: 'Synced', health: 'Progressing' }),
    ]);
    expect(client.reads).toMatchObject([
      { ref: { name: 'api-dev' }, project: 'shop' },
      { ref: { name: 'api-dev' }, project: 'shop' },
    ]);
  });
});
