import type { Knex } from 'knex';
import type { StoredAction } from '../../store/operations/actions';
import { addToNotificationOutbox } from '../../store/operations/notificationOutbox';
import type { Approvals } from './Approvals';

/**
 * Notifies approvers of those actions that wait for one of them. Call it in the
 * transaction that stores the actions.
 *
 * @internal
 */
export async function noticeApprovals(
  tx: Knex.Transaction,
  actions: readonly StoredAction[],
  approvals: Pick<Approvals, 'approversOf'>,
): Promise<void> {
  await addToNotificationOutbox(
    tx,
    actions
      .filter(({ record }) => record.state === 'waiting')
      .map(({ record, entityRef }) => ({
        kind: 'approval',
        record,
        entityRef,
        approvers:
          approvals.approversOf(
            record.action,
            record.environment,
            record.options,
          ) ?? [],
      })),
  );
}
