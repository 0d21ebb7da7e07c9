import {
  type Promotion,
  writeBranches,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  addCommitRequests,
  type CommitToAttribute,
} from '../store/operations/commitRequests';
import {
  addProposalReads,
  type BranchesToRead,
} from '../store/operations/proposalReads';
import type { Reduced } from './types';

/**
 * Adds what to ask Git hosts about the promotions of some applications: the
 * merge requests of their commits, and what waits for a merge.
 *
 * @internal
 */
export async function addMergeRequestReads(
  tx: Knex.Transaction,
  reduced: readonly Reduced[],
  now: string,
): Promise<void> {
  const commits = reduced.flatMap(commitsToAttribute);
  if (commits.length > 0) {
    await addCommitRequests(tx, commits, now);
  }
  const pending = reduced.flatMap(one =>
    branchesToRead(one).map(branch => ({ branch, isNew: hasNews(one) })),
  );
  for (const isNew of [true, false]) {
    const branches = pending
      .filter(one => one.isNew === isNew)
      .map(({ branch }) => branch);
    if (branches.length > 0) {
      await addProposalReads(tx, branches, now, isNew ? 'merge' : 'ignore');
    }
  }
}

/**
 * Whether a version may be on a branch that somebody must merge: it is under
 * way, and neither committed nor synced.
 *
 * @internal
 */
export function mayWaitForMerge({ outcome, stages }: Promotion): boolean {
  return !outcome && !stages.committed && !stages.synced;
}

/**
 * Whether the request of a committed version was last seen open, so that its
 * merge is still to be read.
 *
 * @internal
 */
export function isMergeUnread(promotion: Promotion): boolean {
  const { stages, proposal } = promotion;
  return (
    isCurrent(promotion) &&
    (stages.committed ?? stages.synced) !== undefined &&
    proposal?.request?.state === 'open'
  );
}

/** Only of what is under way or live: the rest is history. */
function commitsToAttribute({ key, changes }: Reduced): CommitToAttribute[] {
  return changes.flatMap(change => {
    if (change.kind !== 'promotion') {
      return [];
    }
    const { commit } = change.promotion;
    return commit?.exact && !commit.request && isCurrent(change.promotion)
      ? [
          {
            applicationKey: key,
            repoUrl: commit.repoUrl,
            revision: commit.revision,
          },
        ]
      : [];
  });
}

function isCurrent({ outcome }: Promotion): boolean {
  return !outcome || outcome === 'failed' || outcome === 'live';
}

/** Empty unless a version may wait for a merge, or its merge is unread. */
function branchesToRead({ key, after }: Reduced): BranchesToRead[] {
  const { application, goneAt, imageUpdaters, promotions } = after;
  return application && !goneAt && promotions.some(isToRead)
    ? writeBranches(application, imageUpdaters).map(branch => ({
        applicationKey: key,
        ...branch,
      }))
    : [];
}

function isToRead(promotion: Promotion): boolean {
  return mayWaitForMerge(promotion) || isMergeUnread(promotion);
}

/** A version was pushed or committed, so there is something to read soon. */
function hasNews({ changes }: Reduced): boolean {
  return changes.some(
    change =>
      change.kind === 'promotion' &&
      ((!change.before && mayWaitForMerge(change.promotion)) ||
        (change.before &&
          !isMergeUnread(change.before) &&
          isMergeUnread(change.promotion))),
  );
}
