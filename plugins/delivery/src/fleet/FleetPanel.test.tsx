import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  describeInstanceError,
  type DeliveryApi,
  type FleetResponse,
  type FleetService,
} from '@landfall/backstage-plugin-delivery-common';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deliveryApiRef } from '../api';
import {
  fleetApplicationOf,
  fleetResponseOf,
  fleetServiceOf,
  manyServices,
} from '../../dev/fixtures/fleet';
import { FleetPanel } from './FleetPanel';

type GetFleet = DeliveryApi['getFleet'];

async function setup(answer: GetFleet | FleetService[]) {
  const getFleet = jest.fn<ReturnType<GetFleet>, Parameters<GetFleet>>(
    Array.isArray(answer)
      ? async request => fleetResponseOf(answer, request)
      : answer,
  );
  const subscribe = jest.fn().mockReturnValue({ unsubscribe: () => {} });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, { getFleet }],
        [signalApiRef, { subscribe }],
      ]}
    >
      <FleetPanel />
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  return {
    getFleet,
    signal: () =>
      act(async () => {
        for (const [, onMessage] of subscribe.mock.calls) {
          onMessage({
            keys: ['key-of-fleet'],
            appeared: false,
            instances: false,
          });
        }
      }),
  };
}

async function findRow(name: string) {
  return screen.findByRole('row', { name: new RegExp(`^${name}`) });
}

function bodyRows() {
  return screen.getAllByRole('rowheader');
}

describe('FleetPanel', () => {
  beforeEach(() => {
    window.history.replaceState(null, '', '/');
    // jsdom lays nothing out, and the table renders what is visible.
    jest
      .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
      .mockImplementation(function height(this: HTMLElement) {
        return this.tagName === 'TR' ? 57 : 600;
      });
    jest
      .spyOn(HTMLElement.prototype, 'offsetWidth', 'get')
      .mockReturnValue(900);
  });
  afterEach(() => jest.restoreAllMocks());

  it('shows that it reads, then services with what runs where', async () => {
    let respond: (response: FleetResponse) => void = () => {};
    await setup(
      () =>
        new Promise(resolve => {
          respond = resolve;
        }),
    );
    expect(
      screen.getByRole('progressbar', { name: 'Loading services' }),
    ).toBeInTheDocument();

    await act(async () =>
      respond(
        fleetResponseOf([
          fleetServiceOf('api', [
            fleetApplicationOf('api', 'dev', {
              states: ['updating'],
              health: 'Progressing',
              next: '1.0.1',
            }),
            fleetApplicationOf('api', 'prod', {
              states: ['stuck', 'out-of-sync'],
              waiting: {
                code: 'automated-sync-off',
                parameters: {},
                message: 'Automated sync is off',
              },
            }),
            fleetApplicationOf('api-eu', 'prod'),
          ]),
        ]),
      ),
    );
    const row = within(await findRow('api'));
    expect(row.getByRole('link', { name: 'api' })).toHaveAttribute(
      'href',
      '/catalog/default/component/api',
    );
    expect(row.getByText('shop · shop')).toBeInTheDocument();
    expect(row.getByText('1.0.0 → 1.0.1')).toBeInTheDocument();
    expect(row.getByText('Updating')).toBeInTheDocument();
    expect(row.getByText('Stuck')).toBeInTheDocument();
    expect(row.getByText('Out of sync')).toBeInTheDocument();
    expect(row.getByText(/automated sync is off/i)).toBeInTheDocument();
    expect(row.getByText('1 more')).toHaveAttribute('title', 'api-eu-prod');
    expect(
      screen.getAllByRole('columnheader').map(({ textContent }) => textContent),
    ).toEqual(['Service', 'dev', 'prod']);
    expect(screen.getByText('1 service')).toBeInTheDocument();
  });

  it('filters by a counter, which the URL keeps', async () => {
    const { getFleet } = await setup(manyServices(14));
    await findRow('service-0000');
    const counter = screen.getByRole('button', { name: 'Degraded 5' });
    expect(counter).toHaveAttribute('aria-pressed', 'false');

    await userEvent.click(counter);
    await waitFor(() =>
      expect(screen.queryByText('service-0001')).not.toBeInTheDocument(),
    );
    expect(counter).toHaveAttribute('aria-pressed', 'true');
    expect(window.location.search).toBe('?delivery-state=degraded');
    expect(getFleet).toHaveBeenLastCalledWith(
      expect.objectContaining({ state: 'degraded', sort: 'name' }),
      expect.anything(),
    );

    await userEvent.click(counter);
    expect(await screen.findByText('service-0001')).toBeInTheDocument();
    expect(window.location.search).toBe('');
  });

  it('searches, selects and sorts, and takes all of it from the URL', async () => {
    window.history.replaceState(
      null,
      '',
      '/?delivery-owner=group:default/gone&delivery-sort=urgency&delivery-state=nonsense',
    );
    const { getFleet } = await setup(manyServices(3));
    await findRow('service-0000');
    expect(getFleet).toHaveBeenLastCalledWith(
      expect.objectContaining({
        owner: 'group:default/gone',
        sort: 'urgency',
        state: undefined,
      }),
      expect.anything(),
    );
    expect(screen.getByLabelText('Owner')).toHaveDisplayValue('gone');

    await userEvent.selectOptions(screen.getByLabelText('Environment'), 'prod');
    await waitFor(() =>
      expect(screen.getAllByRole('columnheader')).toHaveLength(2),
    );
    await userEvent.type(screen.getByLabelText('Search services'), '0002');
    await waitFor(() => expect(bodyRows()).toHaveLength(1));
    expect(window.location.search).toContain('delivery-search=0002');

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(bodyRows()).toHaveLength(3));
    expect(window.location.search).toBe('?delivery-sort=urgency');
    expect(screen.getByLabelText('Search services')).toHaveDisplayValue('');
  });

  it('renders only visible rows of many, and reads more near the end', async () => {
    const environments = Array.from({ length: 10 }, (_, at) => `env-${at}`);
    const { getFleet } = await setup(manyServices(200, environments));
    await findRow('service-0000');
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '201');
    expect(screen.getAllByRole('columnheader')).toHaveLength(11);
    expect(bodyRows().length).toBeLessThan(40);
    expect(getFleet).toHaveBeenCalledTimes(1);

    const region = screen.getByRole('region', {
      name: 'Services and environments',
    });
    region.scrollTop = 40 * 57;
    fireEvent.scroll(region);
    await waitFor(() =>
      expect(getFleet).toHaveBeenLastCalledWith(
        expect.objectContaining({ cursor: '50' }),
        expect.anything(),
      ),
    );
    expect(await screen.findByText('service-0040')).toBeInTheDocument();
    expect(screen.queryByText('service-0000')).not.toBeInTheDocument();
  });

  it('keeps the last known state when it cannot be read again', async () => {
    let isAway = false;
    const { getFleet } = await setup(async request => {
      if (isAway) {
        throw new Error('ECONNREFUSED');
      }
      return fleetResponseOf(manyServices(1), request);
    });
    await findRow('service-0000');
    isAway = true;
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't refresh the services. Showing the last known state.",
    );
    expect(screen.getByText('service-0000')).toBeInTheDocument();

    isAway = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(screen.queryByRole('alert')).not.toBeInTheDocument(),
    );
    expect(getFleet).toHaveBeenCalledTimes(3);
  });

  it('shows why nothing can be read', async () => {
    await setup(async () => {
      throw new Error('no such plugin');
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent("Couldn't load the services.");
    expect(alert).toHaveTextContent('no such plugin');
  });

  it('marks applications of an unreachable instance, and explains it', async () => {
    await setup(async request => ({
      ...fleetResponseOf([fleetServiceOf('api')], request),
      instances: [
        {
          name: 'main',
          state: 'unreachable',
          since: '2026-03-01T12:00:00Z',
          lastReceivedAt: '2026-03-01T11:59:00Z',
          applications: 3,
          error: describeInstanceError('unauthorized', '401'),
        },
      ],
    }));
    const row = within(await findRow('api'));
    expect(row.getAllByText('Stale')).toHaveLength(3);
    expect(
      screen.getByRole('list', {
        name: "Argo CD instances that couldn't be read",
      }),
    ).toHaveTextContent('main unreachable');
  });

  it.each([
    [
      'no service is known',
      {},
      /argocd\/app-selector: app\.kubernetes\.io\/name=my-service/,
    ],
    ['no Argo CD is configured', { instances: [] }, /No Argo CD is configured/],
    [
      'Argo CD is read for the first time',
      {
        instances: [
          {
            name: 'main',
            state: 'connecting' as const,
            since: '2026-03-01T12:00:00Z',
            applications: 0,
          },
        ],
      },
      /being read for the first time/,
    ],
  ])('says what to do if %s', async (_, changes, text) => {
    await setup(async () => ({ ...fleetResponseOf([]), ...changes }));
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('downloads all services that match, page by page', async () => {
    const saved: Blob[] = [];
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        saved.push(blob);
        return 'blob:services';
      },
      revokeObjectURL: () => {},
    });
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    const { getFleet } = await setup(manyServices(450));
    await findRow('service-0000');
    await userEvent.click(screen.getByRole('button', { name: 'Download CSV' }));
    await waitFor(() => expect(click).toHaveBeenCalled());
    expect(
      getFleet.mock.calls
        .filter(([request]) => request?.limit === 200)
        .map(([request]) => request?.cursor),
    ).toEqual([undefined, '200', '400']);
    expect(saved[0].size).toBeGreaterThan(450 * 3 * 60);
  });
});
