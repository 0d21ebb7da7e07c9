import { mockServices } from '@backstage/backend-test-utils';
import { waitFor } from '@landfall/testing-kit';
import { RepositoryRequests } from './RepositoryRequests';

describe('RepositoryRequests', () => {
  const logger = mockServices.logger.mock();
  let requests: RepositoryRequests;

  afterEach(async () => {
    await requests.stop();
  });

  it('reads each entity once, however often its page is opened', async () => {
    const refreshEntity = jest.fn(async () => {});
    requests = RepositoryRequests.start({
      reader: { refreshEntity },
      logger,
    });
    for (let view = 0; view < 100; view++) {
      requests.request('component:default/a');
    }
    await waitFor(() => expect(refreshEntity).toHaveBeenCalledTimes(1));
    requests.request('component:default/a');
    requests.request('component:default/b');
    await waitFor(() =>
      expect(refreshEntity.mock.calls).toEqual([
        ['component:default/a'],
        ['component:default/b'],
      ]),
    );
  });

  it('continues after an entity that can’t be read', async () => {
    const refreshEntity = jest.fn(async (ref: string) => {
      if (ref.endsWith('a')) {
        throw new Error('down');
      }
    });
    requests = RepositoryRequests.start({
      reader: { refreshEntity },
      logger,
    });
    requests.request('component:default/a');
    requests.request('component:default/b');
    await waitFor(() =>
      expect(refreshEntity).toHaveBeenLastCalledWith('component:default/b'),
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('keeps at most a thousand requests', async () => {
    let goOn: () => void = () => {};
    const held = new Promise<void>(resolve => {
      goOn = resolve;
    });
    const refreshEntity = jest.fn(() => held);
    requests = RepositoryRequests.start({
      reader: { refreshEntity },
      logger,
    });
    requests.request('component:default/first');
    await waitFor(() => expect(refreshEntity).toHaveBeenCalledTimes(1));
    for (let index = 0; index < 5000; index++) {
      requests.request(`component:default/${index}`);
    }
    goOn();
    await waitFor(() => expect(refreshEntity).toHaveBeenCalledTimes(1001));
    await requests.stop();
    expect(refreshEntity).toHaveBeenCalledTimes(1001);
  });
});
