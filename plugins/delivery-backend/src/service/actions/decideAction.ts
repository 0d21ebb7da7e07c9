import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  type ActionRecord,
  ANSWER_MS,
  type ApplicationRef,
  GIT_ACTIONS,
  isSameActionKey,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../../store/applicationKey';
import type { DeliveryDatabase } from '../../store/DeliveryDatabase';
import {
  changeAction,
  readActions,
  type StoredAction,
} from '../../store/operations/actions';
import { lockRows } from '../../store/operations/lockApplications';
import type { StoredApplication } from '../../store/operations/readApplications';
import { isoIn, isoNow } from '../../store/time';
import { actionKeyOf, versionChangeKeyOf } from './actionKey';
import type { ActionLog } from './ActionLog';
import type { Approvals } from './Approvals';
import { parsePlanned } from './planAction';
import type { ActionDecision } from './types';

/** @internal */
export interface DecideOptions {
  database: DeliveryDatabase;
  approvals: Approvals;
  log: ActionLog;
  credentials: BackstageCredentials;
  /** Who decides. */
  userRef: string;
  /** Rejects with a `NotFoundError` if it isn't the entity's own. */
  locate(ref: ApplicationRef, tx?: Knex): Promise<StoredApplication>;
}

/**
 * Stores the decision on an action that waits for approval. What it was asked for is
 * carried out as it was stored, and only if the application hasn't changed since.
 *
 * @internal
 */
export async function decideAction(
  { id, approve, reason }: ActionDecision,
  options: DecideOptions,
): Promise<StoredAction> {
  const { database, approvals, log, credentials, userRef, locate } = options;
  const [stored] = await readActions(database.knex, [id]);
  if (!stored) {
    throw new NotFoundError('The entity has no such action');
  }
  const { record } = stored;
  await locate(record.application);
  const approvers =
    approvals.approversOf(record.action, record.environment) ?? [];
  if (record.user === userRef) {
    throw new NotAllowedError(
      'Somebody else has to decide on what you asked for',
    );
  }
  if (!(await approvals.includes(approvers, credentials))) {
    throw new NotAllowedError(
      `Only members of ${
        approvers.join(', ') || 'a configured group'
      } decide on it`,
    );
  }
  const decided = await log.write(async tx => {
    const key = applicationKey(record.application);
    await lockRows(tx, [key]);
    const current = await locate(record.application, tx);
    const isCurrent = isSameActionKey(
      parsePlanned(stored.request).expectedKey,
      GIT_ACTIONS.some(action => action === record.action)
        ? versionChangeKeyOf(current.application)
        : actionKeyOf(current),
    );
    const next: ActionRecord = {
      ...record,
      ...stateAfter(approve, isCurrent),
      approver: userRef,
      changedAt: isoNow(),
      ...(!approve && reason && { message: reason }),
    };
    const isChanged = await changeAction(tx, {
      record: next,
      from: ['waiting'],
      checkAt: next.state === 'requested' ? isoIn(ANSWER_MS) : undefined,
    });
    return {
      changed: isChanged ? [key] : [],
      result: isChanged ? { ...stored, record: next } : undefined,
    };
  });
  if (!decided) {
    throw new ConflictError('Somebody has decided on it already');
  }
  return decided;
}

function stateAfter(
  approve: boolean,
  isCurrent: boolean,
): Pick<ActionRecord, 'state' | 'message'> {
  if (!approve) {
    return { state: 'rejected' };
  }
  return isCurrent
    ? { state: 'requested' }
    : {
        state: 'failed',
        message:
          'The application changed before it was approved. Nothing was done',
      };
}
