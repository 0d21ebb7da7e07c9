import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  api,
  openAt,
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
