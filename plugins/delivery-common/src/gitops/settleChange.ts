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
  request?: Pick<MergeRequest, 'state' | 'url'> & {
    /** Whether reviewers have approved it; undefined if the host does not say. */
    approved?: boolean;
  };
  /** The settings in the cluster hold the image. */
  isHeld: boolean;
  /** The change holds the image, too. */
  holds?: boolean;
  /** The tag that Git has now; undefined if it wasn't read. */
  committedTag?: string;
}

/**
 * What has become of a change that was committed or proposed: it has succeeded once
 * the application runs the version, and is held if it is to be. It has failed if its
 * request was closed, or if the version was replaced before it was held: the Image
 * Updater may see the old version in the cluster before it sees the hold.
 *
 * @returns the same object if nothing is new
 *
 * @public
 */
export function settleChange(
  record: ActionRecord,
  facts: ChangeFacts,
  now: Date,
): ActionRecord {
  const { application, request, committedTag } = facts;
  const requestState =
    request?.state === 'open' && request.approved ? 'approved' : request?.state;
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
  if (application && isDone(record, application, facts)) {
    return become('succeeded');
  }
  if (committedTag !== undefined && committedTag !== record.version?.tag) {
    return become(
      'failed',
      `${committedTag} was set before the hold took effect. Updates are held now: take the version back again`,
    );
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

/**
 * Whether a change waits for the merge of its request.
 *
 * @public
 */
export function isRequestOpen(change: ActionRecord['change']): boolean {
  return (
    change?.kind === 'request' &&
    (change.requestState === 'open' || change.requestState === 'approved')
  );
}

function isDone(
  { action, version, change }: ActionRecord,
  application: Pick<Application, 'images' | 'sync'>,
  { isHeld, holds = false }: Pick<ChangeFacts, 'isHeld' | 'holds'>,
): boolean {
  if (action === 'resume-updates') {
    return !isHeld && !isRequestOpen(change);
  }
  const running = runningTags({ version }, application);
  return (
    application.sync.status === 'Synced' &&
    running.length > 0 &&
    running.every(tag => tag === version?.tag) &&
    (isHeld || !holds)
  );
}

/**
 * Whether a version that is to be held may have been replaced: it is held by now, and
 * the application runs another one. What Git has decides.
 *
 * @public
 */
export function mayBeReplaced(
  record: Pick<ActionRecord, 'version' | 'change'>,
  { application, isHeld, holds }: ChangeFacts,
): boolean {
  return (
    holds === true &&
    isHeld &&
    (record.change?.kind === 'commit' ||
      record.change?.requestState === 'merged') &&
    application?.sync.status === 'Synced' &&
    !runningTags(record, application).includes(record.version?.tag)
  );
}

function runningTags(
  { version }: Pick<ActionRecord, 'version'>,
  { images }: Pick<Application, 'images'>,
): (string | undefined)[] {
  return images
    .map(image => parseImageReference(image))
    .filter(image => image?.repository === version?.repository)
    .map(image => image?.tag);
}
