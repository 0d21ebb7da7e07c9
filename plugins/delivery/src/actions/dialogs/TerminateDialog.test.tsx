import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { recordOf } from '../../../dev/fixtures/actions';
import { detailsOf } from '../../../dev/fixtures/application';
import { deploymentOf } from '../../../dev/fixtures/deployments';
import {
  actionsApi,
  api,
  choose,
  renderActions,
  resetActions,
} from '../__testUtils__/setupActions';

beforeEach(resetActions);

async function openDialog() {
  await renderActions();
  await choose('Terminate…');
  return screen.findByRole('dialog', {
    name: 'Terminate the operation of api-dev',
  });
}

describe('TerminateDialog', () => {
  it('shows the operation, and ends it', async () => {
    api.getApplication.mockResolvedValue(
      detailsOf(
        deploymentOf('api-dev', {
          operation: {
            phase: 'Running',
            startedAt: '2026-03-01T12:00:00Z',
            message: 'waiting for the hook',
            initiatedBy: { automated: false, username: 'ada' },
          },
        }),
      ),
    );
    actionsApi.startAction.mockResolvedValue(
      recordOf({ action: 'terminate', state: 'succeeded' }),
    );
    const dialog = await openDialog();
    await within(dialog).findByText('waiting for the hook');
    expect(dialog).toHaveTextContent('ada');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Terminate' }),
    );
    expect(await within(dialog).findByText('Done')).toBeInTheDocument();
    expect(actionsApi.startAction.mock.calls[0][2]).toEqual({
      action: 'terminate',
      expected: { actionKey: 'key-1' },
    });
  });

  it('cannot end what does not run', async () => {
    const dialog = await openDialog();
    await within(dialog).findByText('No operation is in progress.');
    expect(
      within(dialog).getByRole('button', { name: 'Terminate' }),
    ).toBeDisabled();
  });
});
