import { toError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/test-utils';
import type { InstanceStatus } from '@landfall/backstage-plugin-delivery-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { LiveState } from './LiveState';
import type { LiveDeployments } from './useDeployments';

async function renderState(changes: Partial<LiveDeployments> = {}) {
  const refresh = jest.fn();
  const { unmount } = await renderInTestApp(
    <LiveState
      deployments={{
        data: responseOf({ dev: [deploymentOf('api-dev')] }),
        readAt: new Date().toISOString(),
        isReading: false,
        isReadingMore: false,
        live: true,
        refresh,
        change: { count: 0, keys: new Set() },
        ...changes,
      }}
    />,
  );
  return { refresh, unmount };
}

function instanceOf(state: InstanceStatus['state']): InstanceStatus {
  return {
    name: 'main',
    state,
    since: '2026-03-01T12:00:00Z',
    applications: 1,
  };
}

describe('LiveState', () => {
  it.each<[string, Partial<LiveDeployments>, string]>([
    ['signals arrive', {}, 'live'],
    ['it only polls', { live: false }, 'updated'],
    ['the latest read failed', { error: toError('no') }, 'last read'],
    [
      'Argo CD cannot be reached',
      { data: responseOf({}, { instances: [instanceOf('unreachable')] }) },
      'main unreachable',
    ],
    [
      'Argo CD is being connected',
      { data: responseOf({}, { instances: [instanceOf('connecting')] }) },
      'connecting to main',
    ],
  ])('announces when %s', async (_, changes, text) => {
    await renderState(changes);
    expect(screen.getByRole('status')).toHaveTextContent(text);
  });

  it('pulses once after each change, and not before the first', async () => {
    const keys = new Set(['key-of-api-dev']);
    const classOf = async (count: number) => {
      const { unmount } = await renderState({ change: { count, keys } });
      const { className } = screen.getByRole('status');
      unmount();
      return className;
    };
    expect(await classOf(0)).not.toMatch(/pulse/);
    // Another name starts the animation again.
    expect(await classOf(1)).toMatch(/pulseOdd/);
    expect(await classOf(2)).toMatch(/pulseEven/);
  });

  it('announces nothing before the first read, which can be requested', async () => {
    const { refresh } = await renderState({
      data: undefined,
      readAt: undefined,
    });
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
