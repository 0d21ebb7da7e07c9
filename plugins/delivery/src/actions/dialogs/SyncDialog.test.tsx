import type { ApplicationResourceNode } from '@landfall/backstage-plugin-delivery-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { availableOf, recordOf } from '../../../dev/fixtures/actions';
import { detailsOf } from '../../../dev/fixtures/application';
import { deploymentOf } from '../../../dev/fixtures/deployments';
import {
  actionsApi,
  api,
  APPLICATION,
  choose,
  ENTITY_REF,
  refusal,
  renderActions,
  resetActions,
  send,
} from '../__testUtils__/setupActions';

const NODE: ApplicationResourceNode = {
  id: 'deployment',
  parents: [],
  group: 'apps',
  kind: 'Deployment',
  namespace: 'shop-dev',
  name: 'api',
  syncStatus: 'OutOfSync',
  images: [],
  info: [],
};
const PRUNED: ApplicationResourceNode = {
  ...NODE,
  id: 'configmap',
  group: '',
  kind: 'ConfigMap',
  name: 'old',
  requiresPruning: true,
};
const SYNCED = { ...NODE, id: 'service', name: 'svc', syncStatus: 'Synced' };

beforeEach(() => {
  resetActions();
  api.getApplicationResources.mockResolvedValue({
    total: 3,
    nodes: [NODE, PRUNED, SYNCED],
    rollouts: [],
    problems: [],
  });
});

async function openDialog() {
  await renderActions();
  await choose('Sync…');
  const dialog = await screen.findByRole('dialog', { name: 'Sync api-dev' });
  await within(dialog).findByRole('checkbox', { name: /Deployment api/ });
  await waitFor(() => expect(confirmButton(dialog)).toBeEnabled());
  return dialog;
}

function confirmButton(dialog: HTMLElement) {
  return within(dialog).getByRole('button', { name: /^Sync/ });
}

function requests() {
  return actionsApi.startAction.mock.calls.map(([, , request]) => request);
}

describe('SyncDialog', () => {
  it('shows what differs, and syncs all of it without options', async () => {
    const dialog = await openDialog();
    expect(
      within(dialog).getByRole('checkbox', { name: /ConfigMap old .*stays/ }),
    ).toBeChecked();
    expect(within(dialog).queryByText('svc')).not.toBeInTheDocument();
    for (const name of [/^Prune/, /^Force/, /^Replace/]) {
      expect(within(dialog).getByRole('checkbox', { name })).not.toBeChecked();
    }
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'a fix',
    );
    await userEvent.click(confirmButton(dialog));
    await within(dialog).findByText('In progress');
    expect(actionsApi.startAction).toHaveBeenCalledWith(
      ENTITY_REF,
      APPLICATION,
      {
        action: 'sync',
        expected: { actionKey: 'key-1' },
        reason: 'a fix',
      },
      expect.objectContaining({ idempotencyKey: expect.any(String) }),
    );
  });

  it('warns of what is deleted or overwritten, and sends only what is chosen', async () => {
    const dialog = await openDialog();
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /Deployment api/ }),
    );
    expect(dialog).toHaveTextContent('runs no hooks');
    await userEvent.click(
      within(dialog).getByRole('checkbox', {
        name: 'Prune: delete what Git no longer has',
      }),
    );
    expect(dialog).toHaveTextContent('Will be deleted: ConfigMap old');
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /^Force/ }),
    );
    expect(dialog).toHaveTextContent('are deleted and created again');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Sync with force' }),
    );
    await within(dialog).findByText('In progress');
    expect(requests()).toEqual([
      {
        action: 'sync',
        expected: { actionKey: 'key-1' },
        prune: true,
        force: true,
        resources: [{ kind: 'ConfigMap', namespace: 'shop-dev', name: 'old' }],
      },
    ]);
  });

  it('cannot be confirmed without any resource', async () => {
    const dialog = await openDialog();
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /Deployment api/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /ConfigMap old/ }),
    );
    expect(confirmButton(dialog)).toBeDisabled();
  });

  it('shows what Argo CD says that it would do', async () => {
    const record = recordOf({ id: 'dry', options: { dryRun: true } });
    actionsApi.startAction.mockResolvedValue(record);
    const dialog = await openDialog();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Dry run' }),
    );
    await within(dialog).findByText('In progress');
    expect(confirmButton(dialog)).toBeDisabled();
    actionsApi.getActions.mockResolvedValue({
      items: [{ ...record, state: 'succeeded' }],
    });
    api.getApplicationResources.mockResolvedValue({
      total: 2,
      nodes: [NODE, PRUNED],
      rollouts: [],
      problems: [],
      syncResult: [
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'api',
          message: 'deployment.apps/api configured (dry run)',
        },
      ],
    });
    send();
    const results = await within(dialog).findByRole('list', {
      name: 'What Argo CD would do',
    });
    expect(results).toHaveTextContent('api configured (dry run)');
    expect(dialog).toHaveTextContent('nothing was changed');
    expect(confirmButton(dialog)).toBeEnabled();
    expect(requests()).toMatchObject([{ action: 'sync', dryRun: true }]);
  });

  it('lets the person look again when the application has changed', async () => {
    const dialog = await openDialog();
    actionsApi.getAvailableActions.mockResolvedValue(
      availableOf({}, {}, 'key-2'),
    );
    api.getApplication.mockResolvedValue(
      detailsOf(
        deploymentOf('api-dev', {
          sync: {
            status: 'OutOfSync',
            revisions: ['9a8b7c6d5e'],
            outOfSync: 1,
          },
        }),
      ),
    );
    send();
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent('api-dev has changed since');
    expect(alert).toHaveTextContent('Revision: 1f2e3d4 → 9a8b7c6');
    expect(confirmButton(dialog)).toBeDisabled();
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Show the current state' }),
    );
    await userEvent.click(confirmButton(dialog));
    await within(dialog).findByText('In progress');
    expect(requests()).toMatchObject([{ expected: { actionKey: 'key-2' } }]);
  });

  it('says that the backend refuses a stale page, and shows what changed', async () => {
    const dialog = await openDialog();
    actionsApi.startAction.mockRejectedValueOnce(await refusal(409, 'stale'));
    actionsApi.getAvailableActions.mockResolvedValue(
      availableOf({}, {}, 'key-2'),
    );
    api.getApplication.mockResolvedValue(
      detailsOf(
        deploymentOf('api-dev', {
          operation: {
            phase: 'Running',
            startedAt: '2026-03-01T12:05:00Z',
            initiatedBy: { automated: false, username: 'ada' },
          },
        }),
      ),
    );
    await userEvent.click(confirmButton(dialog));
    await within(dialog).findByText("api-dev isn't as the page showed it.");
    await within(dialog).findByText(/An operation of ada is in progress/);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Show the current state' }),
    );
    await waitFor(() =>
      expect(within(dialog).queryByRole('alert')).not.toBeInTheDocument(),
    );
    expect(dialog).toHaveTextContent('Argo CD refuses another one');
  });

  it('goes on with the same key after the connection was lost', async () => {
    const dialog = await openDialog();
    actionsApi.startAction.mockRejectedValueOnce(
      new TypeError('Failed to fetch'),
    );
    await userEvent.click(confirmButton(dialog));
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent('lost before an answer came');
    expect(
      within(dialog).queryByRole('button', { name: /^Sync/ }),
    ).not.toBeInTheDocument();
    act(() => {
      window.dispatchEvent(new Event('online'));
    });
    await within(dialog).findByText('In progress');
    const keys = actionsApi.startAction.mock.calls.map(
      ([, , , { idempotencyKey }]) => idempotencyKey,
    );
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    // The result goes on after the dialog is closed, beside the application.
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.getByText('In progress')).toBeInTheDocument();
  });
});
