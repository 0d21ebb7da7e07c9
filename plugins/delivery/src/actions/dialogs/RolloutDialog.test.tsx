import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { availableOf, recordOf } from '../../../dev/fixtures/actions';
import { ROLLOUT } from '../../../dev/fixtures/application';
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
  await choose('Rollout actions…');
  return screen.findByRole('dialog', { name: 'Rollout actions of api-dev' });
}

describe('RolloutDialog', () => {
  it('says what each action does, and why one is not allowed', async () => {
    api.getApplicationResources.mockResolvedValue({
      total: 1,
      nodes: [],
      rollouts: [ROLLOUT],
      problems: [],
    });
    actionsApi.getAvailableActions.mockResolvedValue(
      availableOf({ 'rollout-retry': 'The rollout is not aborted' }),
    );
    actionsApi.startAction.mockResolvedValue(
      recordOf({ action: 'rollout-promote' }),
    );
    const dialog = await openDialog();
    const refused = await within(dialog).findByRole('radio', {
      name: /Retry the Rollout ?The rollout is not aborted/,
    });
    await userEvent.click(refused);
    expect(refused).not.toBeChecked();
    expect(
      within(dialog).getByRole('button', { name: 'Confirm' }),
    ).toBeDisabled();
    await userEvent.click(
      within(dialog).getByRole('radio', { name: /Ends the current pause/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Promote the Rollout' }),
    );
    await within(dialog).findByText('In progress');
    expect(actionsApi.startAction.mock.calls[0][2]).toEqual({
      action: 'rollout-promote',
      expected: { actionKey: 'key-1' },
      rollout: { namespace: 'shop-dev', name: 'api' },
    });
  });

  it('says that there is none', async () => {
    const dialog = await openDialog();
    expect(
      await within(dialog).findByText('This application has no Rollout.'),
    ).toBeInTheDocument();
  });
});
