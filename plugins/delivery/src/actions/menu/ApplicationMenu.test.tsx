import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { availableOf, recordOf } from '../../../dev/fixtures/actions';
import {
  actionsApi,
  APPLICATION,
  choose,
  ENTITY_REF,
  refusal,
  renderActions,
  resetActions,
  send,
} from '../__testUtils__/setupActions';

beforeEach(resetActions);

async function openMenu() {
  await userEvent.click(
    screen.getByRole('button', { name: 'Actions and links of api-dev' }),
  );
  return screen.findByRole('menu');
}

describe('the menu of an application', () => {
  it('reads what is allowed once it opens, with placeholders until then', async () => {
    actionsApi.getAvailableActions.mockReturnValue(new Promise(() => {}));
    await renderActions();
    expect(actionsApi.getAvailableActions).not.toHaveBeenCalled();
    const menu = await openMenu();
    const sync = within(menu).getByRole('menuitem', { name: 'Sync…' });
    expect(sync).toHaveAttribute('aria-busy', 'true');
    expect(sync).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(sync);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('says why something is not allowed, also to the keyboard', async () => {
    actionsApi.getAvailableActions.mockResolvedValue(
      availableOf({ 'hard-refresh': 'You may not refresh api-dev' }),
    );
    await renderActions();
    const menu = await openMenu();
    const refused = await within(menu).findByRole('menuitem', {
      name: 'Hard refresh',
      description: 'You may not refresh api-dev.',
    });
    expect(refused).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(refused).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await userEvent.click(refused);
    expect(actionsApi.startAction).not.toHaveBeenCalled();
  });

  it('leaves out what the backend does not offer', async () => {
    actionsApi.getAvailableActions.mockResolvedValue({
      actionKey: 'key-1',
      items: [{ action: 'refresh', allowed: true }],
    });
    await renderActions();
    const menu = await openMenu();
    await within(menu).findByRole('menuitem', { name: 'Refresh', busy: false });
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map(item => item.textContent),
    ).toEqual(['Details', 'Refresh']);
  });

  it('can be read again when it could not be read', async () => {
    actionsApi.getAvailableActions.mockRejectedValue(new Error('not now'));
    await renderActions();
    const menu = await openMenu();
    const again = await within(menu).findByRole('menuitem', {
      name: /Try again/,
    });
    actionsApi.getAvailableActions.mockResolvedValue(availableOf());
    await userEvent.click(again);
    expect(
      await within(menu).findByRole('menuitem', { name: 'Sync…', busy: false }),
    ).toBeInTheDocument();
  });

  it('refreshes without a question, and shows the result beside the row', async () => {
    const record = recordOf({ action: 'refresh' });
    actionsApi.startAction.mockResolvedValue(record);
    await renderActions();
    await choose('Refresh');
    expect(await screen.findByText('In progress')).toBeInTheDocument();
    expect(actionsApi.startAction).toHaveBeenCalledWith(
      ENTITY_REF,
      APPLICATION,
      { action: 'refresh', expected: { actionKey: 'key-1' } },
      expect.objectContaining({ idempotencyKey: expect.any(String) }),
    );
    actionsApi.getActions.mockResolvedValue({
      items: [{ ...record, state: 'succeeded' }],
    });
    send();
    expect(await screen.findByText('Done')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Hide the result of Refresh of api-dev',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByText('Done')).not.toBeInTheDocument(),
    );
  });

  it.each([
    [403, 'You may not do this with api-dev.', 'Ask the owner of api'],
    [
      404,
      "It isn't proven that api-dev belongs to api.",
      'landfall.io/entity-ref: component:default/api',
    ],
    [409, "api-dev isn't as the page showed it.", 'Look at the current state'],
    [503, "Argo CD or the Git host can't be reached now.", 'Try again'],
  ])('says what to do after a %d', async (status, sentence, hint) => {
    actionsApi.startAction.mockRejectedValue(
      await refusal(status, 'the own words of Argo CD'),
    );
    await renderActions();
    await choose('Refresh');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(sentence);
    expect(alert).toHaveTextContent(hint);
    expect(alert).toHaveTextContent(`${status}: the own words of Argo CD`);
  });
});
