import type { ActionRecord } from '../actions/types';
import { parseImageReference } from '../images';
import type { Application } from '../model/application';
import type { MergeRequest } from '../model/promotion';

/** How long a change is followed that never arrives. */
const FOLLOWED_MS = 30 * 24 * 3_600_000;

/**
 * What is known of a change of a version that Git has got.
 *
 * @public
 */
export interface ChangeFacts {
  /** Undefined if Argo CD no longer has it. */
  application: Pick<Application, 'images' | 'sync'> | undefined;
  /** As the Git host shows it now; undefined if it wasn't asked. */
  request?: Pick<MergeRequest, 'state' | 'url'>;
  /** Of `resume-updates`: the settings in the cluster still hold the image. */
  isHeld: boolean;
}

/**
 * What has become of a change that was committed or proposed: it has succeeded once
 * the application runs the version, and failed if its request was closed.
 *
 * @returns the same object if nothing is new
 *
 * @public
 */
export function settleChange(
  record: ActionRecord,
  { application, request, isHeld }: ChangeFacts,
  now: Date,
): ActionRecord {
  const requestState = request?.state;
  const isNews =
    requestState !== undefined && requestState !== record.change?.requestState;
  const followed: ActionRecord =
    isNews && record.change
      ? { ...record, change: { ...record.change, requestState } }
      : record;
  const become = (
    state: ActionRecord['state'],
    message?: string,
  ): ActionRecord => ({
    ...followed,
    state,
    changedAt: now.toISOString(),
    ...(message !== undefined && { message }),
  });
  if (record.state !== 'accepted') {
    return record;
  }
  if (application && isDone(record, application, isHeld)) {
    return become('succeeded');
  }
  if (requestState === 'closed') {
    return become('failed', 'The merge request was closed without a merge');
  }
  if (!application) {
    return become('unknown', 'Argo CD no longer has the application');
  }
  const ageMs = now.getTime() - Date.parse(record.requestedAt);
  return ageMs > FOLLOWED_MS
    ? become('unknown', 'The version was not live within 30 days')
    : followed;
}

function isDone(
  { action, version, change }: ActionRecord,
  { images, sync }: Pick<Application, 'images' | 'sync'>,
  isHeld: boolean,
): boolean {
  if (action === 'resume-updates') {
    return !isHeld && change?.requestState !== 'open';
  }
  const running = images
    .map(image => parseImageReference(image))
    .filter(image => image?.repository === version?.repository);
  return (
    sync.status === 'Synced' &&
    running.length > 0 &&
    running.every(image => image?.tag === version?.tag)
  );
}
