import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
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

async function openDialog(automatedSync: boolean) {
  const [image] = deploymentOf('api-dev').images;
  const migrate = { ...image, repository: `${image.repository}-migrate` };
  api.getApplication.mockResolvedValue(
    detailsOf(
      deploymentOf('api-dev', { automatedSync, images: [image, migrate] }),
    ),
  );
  await renderActions();
  await choose('Roll back to…');
  const dialog = await screen.findByRole('dialog', {
    name: 'Roll back api-dev',
  });
  await within(dialog).findByText('Runs now: 1.0.0');
  return dialog;
}

describe('RollbackDialog', () => {
  it('rolls back to the entry before, or to the one that is chosen', async () => {
    const dialog = await openDialog(false);
    const entries = within(dialog).getAllByRole('radio');
    // The latest entry is what runs.
    expect(entries).toHaveLength(2);
    expect(entries[0]).toBeChecked();
    expect(dialog).toHaveTextContent(/No\. 2 · ada.*4e9f1a2b3c/);
    await userEvent.click(entries[1]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back' }),
    );
    await within(dialog).findByText('In progress');
    expect(actionsApi.startAction.mock.calls[0][2]).toEqual({
      action: 'rollback',
      expected: { actionKey: 'key-1' },
      historyId: 1,
    });
  });

  it('leads to the revert in Git while automated sync is on', async () => {
    const dialog = await openDialog(true);
    expect(dialog).toHaveTextContent('Argo CD refuses a rollback');
    expect(within(dialog).queryByRole('radio')).not.toBeInTheDocument();
    expect(
      within(dialog).getByRole('button', { name: 'Roll back' }),
    ).toBeDisabled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Revert in Git instead…' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Revert api-dev in Git' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.queryByRole('dialog', { name: 'Roll back api-dev' }),
      ).not.toBeInTheDocument(),
    );
  });
});
