import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import { StageBar } from './StageBar';
import { OnItsWay } from './OnItsWay';
import { promotionOf, rollingOut } from '../../dev/fixtures/promotions';

const local = (at: string) => {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map(part => String(part).padStart(2, '0'))
    .join(':');
};

function labels() {
  return within(screen.getByRole('list', { name: 'Stages' }))
    .getAllByRole('listitem')
    .map(item => item.getAttribute('aria-label'));
}

describe('StageBar', () => {
  it('lists the stages in order, with local times and where they are from', async () => {
    await renderInTestApp(<StageBar promotion={promotionOf()} />);
    expect(labels()).toEqual([
      `pushed ${local('2026-05-04T12:01:00Z')}`,
      `committed ${local('2026-05-04T12:01:40Z')}`,
      `synced ${local('2026-05-04T12:03:40Z')}`,
      `healthy ${local('2026-05-04T12:04:00Z')}, observed by Landfall`,
    ]);
    expect(
      screen.getByTitle(/2026-05-04T12:04:00.000Z, observed by Landfall/),
    ).toHaveTextContent('≈');
    expect(screen.getByTitle('40 s until committed')).toHaveTextContent('40 s');
    expect(screen.getByTitle('2 min until synced')).toBeInTheDocument();
  });

  it('shows what is pending, and for how long', async () => {
    await renderInTestApp(
      <StageBar
        promotion={rollingOut()}
        now={Date.parse('2026-05-04T12:06:40Z')}
      />,
    );
    expect(labels()[3]).toBe('healthy, rolling out');
    expect(screen.getByTitle(/^3 min since/)).toBeInTheDocument();
  });

  it('shows a failure, and which stages are unknown', async () => {
    const { synced } = promotionOf().stages;
    await renderInTestApp(
      <StageBar
        dense
        promotion={rollingOut({
          stages: { synced },
          outcome: 'failed',
          outcomeAt: { at: '2026-05-04T12:05:00.000Z', basis: 'reported' },
        })}
      />,
    );
    expect(labels()).toEqual([
      'pushed, not known',
      'committed, not known',
      expect.stringMatching(/^synced /),
      `healthy failed ${local('2026-05-04T12:05:00Z')}`,
    ]);
    expect(screen.getByText(/failed/)).toBeInTheDocument();
  });
});

describe('OnItsWay', () => {
  it('shows the version, its environment and how far it is', async () => {
    await renderInTestApp(
      <OnItsWay
        environment="staging"
        promotion={rollingOut()}
        waiting={{
          code: 'rolling-out',
          parameters: { message: '1 of 3 pods are new' },
          message: 'Rolling out',
        }}
      />,
    );
    expect(screen.getByText('On its way: 1.4.3 → staging')).toBeInTheDocument();
    expect(labels()).toHaveLength(4);
    expect(screen.getByText('waits: 1 of 3 pods are new')).toBeInTheDocument();
  });
});
