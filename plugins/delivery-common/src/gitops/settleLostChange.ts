import type { ActionRecord } from '../actions/types';
import { ANSWER_MS } from '../actions/settleAction';
import type { MergeRequest } from '../model/promotion';

/**
 * How long a change of a version is looked for whose answer was lost, in milliseconds.
 *
 * @public
 */
export const LOST_CHANGE_MS = 24 * 3_600_000;

/**
 * What a Git host has of a change whose answer was lost.
 *
 * - `commit`, `request`: the change.
 * - `branch`: the branch for a merge request, and no merge request.
 * - `none`: nothing.
 *
 * @public
 */
export type LostChange =
  | { kind: 'commit'; url?: string }
  | { kind: 'request'; request: Pick<MergeRequest, 'state' | 'url'> }
  | { kind: 'branch'; branch: string; repoUrl: string }
  | { kind: 'none' };

/**
 * Whether a change of a version may still turn up: nobody knows whether the Git host
 * got it.
 *
 * @public
 */
export function isLostChange(
  { state, change, requestedAt }: ActionRecord,
  now: Date,
): boolean {
  const ageMs = now.getTime() - Date.parse(requestedAt);
  return (
    change === undefined &&
    (state === 'unknown' ? ageMs < LOST_CHANGE_MS : state === 'requested')
  );
}

/**
 * What has become of a change whose answer was lost, by what the Git host has. It is
 * never made again.
 *
 * @param found - undefined if the host can't say
 * @returns the same object if nothing is new
 *
 * @public
 */
export function settleLostChange(
  record: ActionRecord,
  found: LostChange | undefined,
  now: Date,
): ActionRecord {
  const become = (changes: Partial<ActionRecord>): ActionRecord => {
    const { message: _, ...rest } = record;
    return { ...rest, ...changes, changedAt: now.toISOString() };
  };
  switch (found?.kind) {
    case 'commit':
      return become({
        state: 'accepted',
        change: { kind: 'commit', ...(found.url && { url: found.url }) },
      });
    case 'request': {
      const { url, state } = found.request;
      return become({
        state: 'accepted',
        change: { kind: 'request', url, requestState: state },
      });
    }
    default:
  }
  const isSilent = (since: string) =>
    now.getTime() - Date.parse(since) >= ANSWER_MS;
  if (record.state === 'requested') {
    return isSilent(record.requestedAt)
      ? become({
          state: 'unknown',
          message:
            'The portal stopped before an answer arrived. It may have been done; it is not sent again',
        })
      : record;
  }
  // What a host is still doing isn't there yet.
  if (found === undefined || !isSilent(record.changedAt)) {
    return record;
  }
  return become({
    state: 'failed',
    message:
      found.kind === 'branch'
        ? `The branch ${found.branch} of ${found.repoUrl} was pushed, but no merge request was opened. Open one for it, or delete it and ask again`
        : 'The Git host got nothing of it. Nothing was done',
  });
}
