import { identityApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { availableOf, recordOf } from '../../../dev/fixtures/actions';
import { deliveryActionsApiRef, deliveryApiRef } from '../../api';
import {
  actionsApi,
  api,
  ENTITY_REF,
  refusal,
  resetActions,
} from '../__testUtils__/setupActions';
import { RecordRow } from './RecordRow';

beforeEach(resetActions);

function renderRow(record: ActionRecord, groups: string[] = []) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, api],
        [deliveryActionsApiRef, actionsApi],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/grace',
            ownershipEntityRefs: ['user:default/grace', ...groups],
          }),
        ],
      ]}
    >
      <ul>
        <RecordRow entityRef={ENTITY_REF} record={record} />
      </ul>
    </TestApiProvider>,
  );
}

const WAITING = recordOf({ state: 'waiting', environment: 'prod' });

function waitFor(approvers: string[]) {
  actionsApi.getAvailableActions.mockResolvedValue(
    availableOf({}, { approvers }),
  );
}

describe('RecordRow', () => {
  it('says who did what, how, why, and what became of it', async () => {
    await renderRow(
      recordOf({
        state: 'failed',
        reason: 'a fix',
        approver: 'user:default/grace',
        options: { prune: true, resources: [{ kind: 'Service', name: 'a' }] },
        message: 'admission webhook denied the request',
      }),
    );
    const row = screen.getByRole('listitem', { name: 'Sync: api-dev' });
    for (const text of [
      'dev · 1 resources · prune',
      'by ada, approved by grace',
      'Failed',
      'Reason: a fix',
      'admission webhook denied the request',
    ]) {
      expect(row).toHaveTextContent(text);
    }
  });

  it.each([
    ['open', 'Request opened, waiting for its merge'],
    ['merged', 'Request merged'],
    ['closed', 'Request closed without a merge'],
  ] as const)('says that a request is %s', async (requestState, text) => {
    await renderRow(
      recordOf({
        action: 'promote',
        state: 'succeeded',
        version: { repository: 'shop/api', tag: '1.0.1', from: '1.0.0' },
        change: { kind: 'request', requestState, url: 'https://git.test/1' },
      }),
    );
    const row = screen.getByRole('listitem');
    expect(row).toHaveTextContent('1.0.0 → 1.0.1');
    expect(row).toHaveTextContent(text);
    expect(screen.getByRole('link')).toHaveAttribute(
      'href',
      'https://git.test/1',
    );
  });

  it('never links to a script', async () => {
    await renderRow(
      recordOf({
        state: 'succeeded',
        // A URL of a web page is expected here, and this isn't one.
        change: { kind: 'commit', url: ['javascript', 'alert(1)'].join(':') },
      }),
    );
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('can be approved by a member of a group, once', async () => {
    waitFor(['group:default/sre']);
    actionsApi.decideAction.mockResolvedValue(recordOf());
    await renderRow(WAITING, ['group:default/sre']);
    await screen.findByText('Waits for approval by sre');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    expect(actionsApi.decideAction).toHaveBeenCalledWith(ENTITY_REF, {
      id: 'record-1',
      approve: true,
    });
  });

  it('says why the backend refused the decision', async () => {
    waitFor(['group:default/sre']);
    actionsApi.decideAction.mockRejectedValue(
      await refusal(403, 'You are not in group:default/sre'),
    );
    await renderRow(WAITING, ['group:default/sre']);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reject' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '403: You are not in group:default/sre',
    );
  });

  it('has no buttons for those who asked for it, or are in no group', async () => {
    waitFor(['group:default/sre']);
    await renderRow({ ...WAITING, user: 'user:default/grace' }, [
      'group:default/sre',
    ]);
    await screen.findByText(/Somebody else has to approve/);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('only says who may approve it to others', async () => {
    waitFor(['group:default/sre']);
    await renderRow(WAITING);
    await screen.findByText('Waits for approval by sre');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
