import { signalApiRef } from '@backstage/plugin-signals-react';
import { TestApiProvider } from '@backstage/test-utils';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { deliveryApiRef } from '../api';
import { SharedReads } from './SharedReads';
import { useFresh } from './useFresh';

const reads = new SharedReads<DeploymentsResponse>();

function Environments({ id = 'all', name = 'api' }) {
  const { data, live, refresh } = useFresh({
    entityRef: { kind: 'Component', namespace: 'default', name },
    reads,
    id,
    create: api => ({
      read: signal =>
        api.getDeployments(
          { kind: 'Component', namespace: 'default', name },
          { signal },
        ),
    }),
  });
  return (
    <div>
      <p>{live ? 'live' : 'polling'}</p>
      <p>{data?.environments.map(each => each.environment).join()}</p>
      <button onClick={refresh}>Refresh</button>
    </div>
  );
}

function setup() {
  const getDeployments = jest.fn(async () =>
    responseOf({ dev: [deploymentOf('api-dev')] }),
  );
  return { getDeployments, api: { getDeployments } };
}

describe('useFresh', () => {
  it('reads once for two components that show the same', async () => {
    const { api, getDeployments } = setup();
    render(
      <TestApiProvider apis={[[deliveryApiRef, api]]}>
        <Environments />
        <Environments />
      </TestApiProvider>,
    );
    expect(await screen.findAllByText('dev')).toHaveLength(2);
    expect(screen.getAllByText('polling')).toHaveLength(2);
    expect(getDeployments).toHaveBeenCalledTimes(1);
  });

  it('reads each entity and each id by itself', async () => {
    const { api, getDeployments } = setup();
    render(
      <TestApiProvider apis={[[deliveryApiRef, api]]}>
        <Environments />
        <Environments name="web" />
        <Environments id="another" />
      </TestApiProvider>,
    );
    expect(await screen.findAllByText('dev')).toHaveLength(3);
    expect(getDeployments).toHaveBeenCalledTimes(3);
  });

  it('reads again on a signal and on request, and unsubscribes in the end', async () => {
    // At the beginning of the time over which readers spread.
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const { api, getDeployments } = setup();
    const unsubscribe = jest.fn();
    const subscribe = jest.fn().mockReturnValue({ unsubscribe });
    const { unmount } = render(
      <TestApiProvider
        apis={[
          [deliveryApiRef, api],
          [signalApiRef, { subscribe }],
        ]}
      >
        <Environments />
      </TestApiProvider>,
    );
    await screen.findByText('dev');
    expect(screen.getByText('live')).toBeInTheDocument();
    expect(subscribe).toHaveBeenCalledTimes(1);

    getDeployments.mockResolvedValueOnce(
      responseOf({ staging: [deploymentOf('api-staging')] }),
    );
    act(() => subscribe.mock.calls[0][1]({ appeared: true, keys: [] }));
    await screen.findByText('staging');

    getDeployments.mockResolvedValueOnce(
      responseOf({ prod: [deploymentOf('api-prod')] }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    await screen.findByText('prod');
    expect(getDeployments).toHaveBeenCalledTimes(3);

    unmount();
    expect(unsubscribe).toHaveBeenCalledTimes(1);
    jest.restoreAllMocks();
  });
});
