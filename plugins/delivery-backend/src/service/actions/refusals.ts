import { ConflictError, InputError } from '@backstage/errors';
import {
  type ActionRefusal,
  type ApplicationActionRequest,
  describeRefusal,
  GIT_ACTIONS,
  isSameActionKey,
  refusalOfRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  readOpenActions,
  readRecentActions,
} from '../../store/operations/actions';
import type { StoredApplication } from '../../store/operations/readApplications';
import { isoIn } from '../../store/time';
import { actionKeyOf } from './actionKey';

/**
 * The effect of an action on a Rollout can't be seen in the application's key, so the
 * same one isn't done again for so long: two people may have clicked at once.
 */
const ROLLOUT_PAUSE_MS = 10_000;

/**
 * An error with a refusal's sentence and advice.
 *
 * @internal
 */
export function toError(refusal: ActionRefusal): Error {
  const { message, advice } = describeRefusal(refusal);
  const text = advice ? `${message}. ${advice}` : message;
  return refusal.code === 'action.history-missing' ||
    refusal.code === 'action.no-rollout'
    ? new InputError(text)
    : new ConflictError(text);
}

/**
 * Refuses an action that the application's state doesn't permit, or that was decided
 * on for another state.
 *
 * @internal
 */
export function checkState(
  request: ApplicationActionRequest,
  stored: StoredApplication,
): void {
  const { action, expected } = request;
  // Reading again is harmless, and just what a stale page is for.
  const isRefresh = action === 'refresh' || action === 'hard-refresh';
  if (!isRefresh && !isSameActionKey(expected.actionKey, actionKeyOf(stored))) {
    throw toError({ code: 'action.changed', parameters: {} });
  }
  const refusal = refusalOfRequest(request, stored.application);
  if (refusal) {
    throw toError(refusal);
  }
}

/**
 * Refuses an action while another one on the application is under way, so that two
 * people who act at the same time don't do it twice. To be called in the transaction
 * that stores the action, with the application's row locked.
 *
 * @internal
 * @param key - of the application, in the store
 */
export async function checkOthers(
  tx: Knex.Transaction,
  key: string,
  request: Pick<ApplicationActionRequest, 'action'>,
): Promise<void> {
  const { action } = request;
  const open = (await readOpenActions(tx, key)).map(({ record }) => record);
  const isOfRollout = action.startsWith('rollout-');
  const recent = isOfRollout
    ? (await readRecentActions(tx, key, isoIn(-ROLLOUT_PAUSE_MS)))
        .map(({ record }) => record)
        .filter(one => one.action === action && one.state !== 'failed')
    : [];
  const waiting = open.find(
    one => one.state === 'waiting' && one.action === action,
  );
  if (waiting) {
    throw toError({
      code: 'action.approval-pending',
      parameters: { user: waiting.user },
    });
  }
  const running = [...open, ...recent].find(
    one => one.state !== 'waiting' && interferes(one.action, action),
  );
  if (running) {
    throw toError({
      code: 'action.in-progress',
      parameters: { user: running.user },
    });
  }
}

/**
 * A running operation can be terminated, and reading again never interferes. A change
 * in Git may wait for its merge for days.
 */
function interferes(running: string, action: string): boolean {
  if (GIT_ACTIONS.some(one => one === running)) {
    return false;
  }
  const isRefresh = (one: string) => one.endsWith('refresh');
  return action === 'terminate'
    ? running === 'terminate'
    : !isRefresh(running) && !isRefresh(action);
}
