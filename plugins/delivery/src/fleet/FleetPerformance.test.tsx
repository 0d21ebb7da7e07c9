import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  DeliveryApi,
  PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fleetResponseOf, manyServices } from '../../dev/fixtures/fleet';
import { performanceOf } from '../../dev/fixtures/performance';
import { deliveryApiRef } from '../api';
import { FleetPerformance } from './FleetPerformance';

describe('FleetPerformance', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('measures all services, or those of an owner and a system', async () => {
    const getPerformance = jest.fn<
      Promise<PerformanceResponse>,
      Parameters<DeliveryApi['getPerformance']>
    >(async request => performanceOf(request));
    const getFleet = jest.fn(async () => fleetResponseOf(manyServices(2)));
    await renderInTestApp(
      <TestApiProvider apis={[[deliveryApiRef, { getFleet, getPerformance }]]}>
        <FleetPerformance />
      </TestApiProvider>,
    );
    expect(
      await screen.findByRole('list', { name: 'Figures' }),
    ).toBeInTheDocument();
    const last = () => getPerformance.mock.lastCall?.[0];
    expect(last()).toMatchObject({ owner: undefined, system: undefined });
    expect(last()).not.toHaveProperty('entity');

    await screen.findByRole('option', { name: 'prod' });
    const [owner] = await screen.findAllByRole('option', { name: 'shop' });
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Owner' }),
      owner,
    );
    await waitFor(() =>
      expect(last()).toMatchObject({ owner: 'group:default/shop' }),
    );
    expect(window.location.search).toContain('delivery-owner=');
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Owner' }),
      'All',
    );
    await waitFor(() => expect(last()).toMatchObject({ owner: undefined }));
  });
});
