import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EVENTS, RESOURCE_EVENTS } from '../../../dev/fixtures/application';
import {
  api,
  APPLICATION,
  ENTITY_REF,
  openAt,
  paramOf,
  renderDrawer,
  resetDrawer,
} from '../__testUtils__/setupDrawer';

describe('the events', () => {
  beforeEach(() => {
    resetDrawer();
    openAt({ application: 'main/argocd/api-dev', view: 'events' });
  });

  it('are listed with their kind, and how often they happened', async () => {
    await renderDrawer();
    const list = await screen.findByRole('list', { name: /^Events/ });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent(/Warning.*OperationCompleted.*3 times/);
    expect(second).toHaveTextContent(/Normal.*ResourceUpdated/);
  });

  it('are those of a resource that somebody selects, by its address', async () => {
    await renderDrawer();
    await screen.findByText('OperationCompleted');
    api.getApplicationEvents.mockResolvedValue(RESOURCE_EVENTS);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Events of' }),
      'Pod api-5d8-x7k2p · Degraded',
    );
    expect(await screen.findByText('Error: ImagePullBackOff')).toBeVisible();
    expect(paramOf('resource')).toBe('Pod/api-5d8-x7k2p');
    expect(api.getApplicationEvents).toHaveBeenLastCalledWith(
      ENTITY_REF,
      APPLICATION,
      { resource: 'Pod/api-5d8-x7k2p' },
      expect.anything(),
    );

    api.getApplicationEvents.mockResolvedValue(EVENTS);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Events of' }),
      'api-dev',
    );
    expect(await screen.findByText('OperationCompleted')).toBeVisible();
    expect(paramOf('resource')).toBeNull();
  });

  it('can be those of a resource from the beginning', async () => {
    api.getApplicationEvents.mockResolvedValue(RESOURCE_EVENTS);
    openAt({ resource: 'Pod/api-5d8-x7k2p' });
    await renderDrawer();
    expect(await screen.findByText('Error: ImagePullBackOff')).toBeVisible();
    expect(api.getApplicationEvents).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('combobox', { name: 'Events of' })).toHaveValue(
      'Pod/api-5d8-x7k2p',
    );
  });

  it('may be none', async () => {
    api.getApplicationEvents.mockResolvedValue({ items: [] });
    await renderDrawer();
    expect(await screen.findByText(/There are no events/)).toBeInTheDocument();
  });

  it('show Argo CD’s error, and load again', async () => {
    api.getApplicationEvents.mockResolvedValue({
      items: [],
      error: {
        code: 'timed-out',
        parameters: {},
        message: 'Argo CD did not answer in time',
      },
    });
    await renderDrawer();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent("Couldn't load the events from Argo CD:");
    api.getApplicationEvents.mockResolvedValue({ items: [] });
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(await screen.findByText(/There are no events/)).toBeInTheDocument();
  });
});
