import { TestApiProvider } from '@backstage/test-utils';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import type { DeliverySignal } from '@landfall/backstage-plugin-delivery-common';
import { render, waitFor } from '@testing-library/react';
import { useRefresh } from './useRefresh';

function setup() {
  let send = (_: object) => {};
  const signals: SignalApi = {
    subscribe: (_, onMessage) => {
      send = message => onMessage(JSON.parse(JSON.stringify(message)));
      return { unsubscribe: () => {} };
    },
  };
  const refresh = jest.fn();
  function Page() {
    useRefresh({ refresh, keys: ['shown'], isRefused: false });
    return null;
  }
  render(
    <TestApiProvider apis={[[signalApiRef, signals]]}>
      <Page />
    </TestApiProvider>,
  );
  return {
    refresh,
    signal: (signal: Partial<DeliverySignal>) =>
      send({ keys: [], appeared: false, instances: false, ...signal }),
  };
}

describe('useRefresh', () => {
  it.each<[string, Partial<DeliverySignal>]>([
    ['an application that is shown', { keys: ['shown'] }],
    ['an application that appeared', { appeared: true }],
    [
      'instances, which is how changed policies are announced',
      { instances: true },
    ],
  ])('reads again after a signal of %s', async (_, message) => {
    const { refresh, signal } = setup();
    signal({ keys: ['other'] });
    signal(message);
    await waitFor(() => expect(refresh).toHaveBeenCalledTimes(1));
  });
});
