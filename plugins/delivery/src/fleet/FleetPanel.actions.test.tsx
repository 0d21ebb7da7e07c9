import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { availableOf, previewOf, recordOf } from '../../dev/fixtures/actions';
import { detailsOf } from '../../dev/fixtures/application';
import {
  fleetApplicationOf,
  fleetResponseOf,
  fleetServiceOf,
} from '../../dev/fixtures/fleet';
import { responseOf, versionOf } from '../../dev/fixtures/versions';
import {
  actionsApi,
  api,
  refusal,
  resetActions,
} from '../actions/__testUtils__/setupActions';
import { deliveryActionsApiRef, deliveryApiRef } from '../api';
import { FleetPanel } from './FleetPanel';

const SERVICES = ['api', 'web', 'jobs'].map(name =>
  fleetServiceOf(name, [
    fleetApplicationOf(name, 'dev'),
    fleetApplicationOf(name, 'prod', { sync: 'OutOfSync' }),
  ]),
);

beforeEach(() => {
  resetActions();
  window.history.replaceState(null, '', '/');
  // jsdom lays nothing out, and the table renders what is visible.
  jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(900);
  actionsApi.startAction.mockImplementation(async (_, application, request) =>
    recordOf({
      id: `record of ${application.name}`,
      application,
      action: request.action,
    }),
  );
});
afterEach(() => jest.restoreAllMocks());

async function openDialog(...names: string[]) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [
          deliveryApiRef,
          {
            ...api,
            getFleet: async () => fleetResponseOf(SERVICES),
          },
        ],
        [deliveryActionsApiRef, actionsApi],
      ]}
    >
      <FleetPanel />
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  for (const name of names) {
    await userEvent.click(
      await screen.findByRole('checkbox', { name: `Select ${name}` }),
    );
  }
  await userEvent.click(screen.getByRole('button', { name: 'Actions…' }));
  return screen.findByRole('dialog', {
    name: `Act on ${names.length} services`,
  });
}

function item(dialog: HTMLElement, name: string) {
  return within(dialog).getByRole('listitem', { name });
}

describe('the selection of the fleet page', () => {
  it('refreshes one environment of the selected services, each by itself', async () => {
    actionsApi.getAvailableActions.mockImplementation(async (_, { name }) =>
      name === 'web-dev'
        ? availableOf({ refresh: 'You may not refresh web-dev' })
        : availableOf(),
    );
    const dialog = await openDialog('api', 'web');
    await within(item(dialog, 'api-dev')).findByText('Ready');
    await within(item(dialog, 'web-dev')).findByText(
      'You may not refresh web-dev.',
    );
    expect(within(dialog).queryByText('api-prod')).not.toBeInTheDocument();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Start for 1' }),
    );
    await within(item(dialog, 'api-dev')).findByText('In progress');
    expect(
      actionsApi.startAction.mock.calls.map(
        ([entity, application, request]) => [
          entity.name,
          application.name,
          request,
        ],
      ),
    ).toEqual([
      [
        'api',
        'api-dev',
        { action: 'refresh', expected: { actionKey: 'key-1' } },
      ],
    ]);
  });

  it('shows the result of each sync, also the refused ones', async () => {
    const conflict = await refusal(409, 'another operation is in progress');
    actionsApi.startAction.mockImplementation(async (_, application) => {
      if (application.name === 'api-prod') {
        throw conflict;
      }
      return recordOf({ application });
    });
    const dialog = await openDialog('api', 'web');
    await userEvent.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Action' }),
      'Sync',
    );
    await userEvent.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Environment' }),
      'prod',
    );
    expect(item(dialog, 'api-prod')).toHaveTextContent('Out of sync');
    await waitFor(() =>
      expect(
        within(dialog).getByRole('button', { name: 'Start for 2' }),
      ).toBeEnabled(),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Start for 2' }),
    );
    await within(item(dialog, 'web-prod')).findByText('In progress');
    expect(item(dialog, 'api-prod')).toHaveTextContent(
      '409: another operation is in progress',
    );
    const keys = actionsApi.startAction.mock.calls.map(
      ([, , , { idempotencyKey }]) => idempotencyKey,
    );
    expect(new Set(keys).size).toBe(2);
  });

  it('promotes one version to several services after a preview', async () => {
    api.getApplication.mockResolvedValue(detailsOf());
    api.getVersions.mockResolvedValue(responseOf([versionOf('2.0.0')]));
    actionsApi.startVersionChange.mockImplementation(async ({ items }) => ({
      items: items.map(({ application }) =>
        recordOf({
          id: application.name,
          application,
          action: 'promote',
          state: 'succeeded',
          change: { kind: 'request', url: 'https://git.example.com/1' },
        }),
      ),
    }));
    const dialog = await openDialog('api', 'web', 'jobs');
    await userEvent.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Action' }),
      'Promote',
    );
    const start = () =>
      within(dialog).getByRole('button', { name: 'Start for 3' });
    await waitFor(() => expect(start()).toBeDisabled());
    await userEvent.selectOptions(
      await within(dialog).findByRole('combobox', { name: 'Version' }),
      '2.0.0 · 3 of 3 services',
    );
    await within(dialog).findByText('What will change');
    await waitFor(() => expect(start()).toBeEnabled());
    await userEvent.click(start());
    await within(item(dialog, 'jobs-dev')).findByText(/Request opened/);
    const [[request]] = actionsApi.startVersionChange.mock.calls;
    expect(request.items.map(({ entityRef, tag }) => [entityRef, tag])).toEqual(
      ['api', 'web', 'jobs'].map(name => [
        `component:default/${name}`,
        '2.0.0',
      ]),
    );
  });

  it('leaves out what the preview refuses, with the reason', async () => {
    api.getApplication.mockResolvedValue(detailsOf());
    actionsApi.previewVersionChange.mockImplementation(async request => {
      const { changes, items } = previewOf(request);
      return {
        changes,
        items: items.map(one =>
          one.application.name === 'web-dev'
            ? {
                ...one,
                refusal: { code: 'x', message: 'Its file has no value' },
              }
            : one,
        ),
      };
    });
    actionsApi.startVersionChange.mockImplementation(async ({ items }) => ({
      items: items.map(({ application }) =>
        recordOf({ id: application.name, application, state: 'succeeded' }),
      ),
    }));
    const dialog = await openDialog('api', 'web');
    await userEvent.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Action' }),
      'Promote',
    );
    await userEvent.type(
      await within(dialog).findByRole('textbox', { name: 'Version' }),
      '2.0.0',
    );
    await waitFor(() =>
      expect(item(dialog, 'web-dev')).toHaveTextContent(
        'Its file has no value.',
      ),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Start for 1' }),
    );
    await within(item(dialog, 'api-dev')).findByText('Done');
    expect(item(dialog, 'web-dev')).toHaveTextContent('Its file has no value.');
    const [[request]] = actionsApi.startVersionChange.mock.calls;
    expect(request.items.map(({ application }) => application.name)).toEqual([
      'api-dev',
    ]);
  });

  it('still sends what was started after the dialog is closed', async () => {
    actionsApi.startAction.mockReturnValue(new Promise(() => {}));
    const dialog = await openDialog('api', 'web');
    const start = await within(dialog).findByRole('button', {
      name: 'Start for 2',
    });
    await waitFor(() => expect(start).toBeEnabled());
    await userEvent.click(start);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    const signals = actionsApi.startAction.mock.calls.map(
      ([, , , { signal }]) => signal,
    );
    expect(signals.map(signal => signal?.aborted)).toEqual([false, false]);
  });
});
