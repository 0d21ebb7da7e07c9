import type { Application } from '../model/application';
import { type ActionTrace, isOvertaken, progressOf } from './progress';
import type { ActionRecord, ActionState } from './types';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/**
 * How long somebody may take to approve an action, in milliseconds.
 *
 * @public
 */
export const APPROVAL_MS = 24 * 60 * MINUTE_MS;

/**
 * How long an answer of the other system may take, in milliseconds. After that, the
 * replica that waited for it has stopped.
 *
 * @public
 */
export const ANSWER_MS = 2 * MINUTE_MS;

/** How long the effect of an action is looked for. */
const EFFECT_MS = 30 * MINUTE_MS;

/** What becomes of an action, and when to look again. @public */
export interface SettledAction {
  record: ActionRecord;
  /** ISO 8601, UTC. Undefined: never. */
  checkAt?: string;
}

/**
 * What has become of an action that is open, or whose result isn't known, by the
 * state of its application and the time. It is never done again.
 *
 * @public
 * @param application - undefined if Argo CD no longer has it
 */
export function settleAction(
  record: ActionRecord,
  trace: ActionTrace,
  application: Application | undefined,
  now: Date,
): SettledAction {
  const requestedAt = Date.parse(record.requestedAt);
  const ageMs = now.getTime() - requestedAt;
  const become = (state: ActionState, message?: string): ActionRecord =>
    state === record.state && message === undefined
      ? record
      : {
          ...record,
          state,
          changedAt:
            state === record.state ? record.changedAt : now.toISOString(),
          ...(message !== undefined && { message }),
        };
  const later = (ms: number) => new Date(now.getTime() + ms).toISOString();
  // Often at first, while somebody waits for it.
  const again = later(ageMs < MINUTE_MS ? SECOND_MS : 10 * SECOND_MS);

  if (record.state === 'waiting') {
    return ageMs < APPROVAL_MS
      ? { record, checkAt: new Date(requestedAt + APPROVAL_MS).toISOString() }
      : { record: become('rejected', 'Nobody approved it within a day') };
  }
  if (!application) {
    return {
      record: become('unknown', 'Argo CD no longer has the application'),
    };
  }
  const progress = progressOf(record, trace, application);
  if (progress) {
    const { state, message } = progress;
    return state === 'accepted'
      ? { record: become(state, message), checkAt: again }
      : { record: become(state, message) };
  }
  if (isOvertaken(record, application)) {
    return {
      record: become(
        'unknown',
        'Another operation took its place before its result was seen',
      ),
    };
  }
  if (record.state === 'requested') {
    return ageMs < ANSWER_MS
      ? { record, checkAt: new Date(requestedAt + ANSWER_MS).toISOString() }
      : {
          record: become(
            'unknown',
            'The portal stopped before an answer arrived. It may have been done; it is not sent again',
          ),
          checkAt: again,
        };
  }
  if (ageMs < EFFECT_MS) {
    return { record, checkAt: again };
  }
  return {
    record:
      record.state === 'accepted'
        ? become('unknown', 'It was accepted, but its result was never seen')
        : record,
  };
}
