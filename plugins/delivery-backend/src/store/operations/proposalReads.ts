import type {
  ApplicationRef,
  WriteBranch,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { type AttemptOutcome, toPostponement } from '../attemptOutcome';
import { DueRows } from '../DueRows';
import type { ProposalReadRow } from '../rows';
import { isKeyText, MAX_BYTES } from '../text';
import { sortableTime } from '../time';

/** In bytes; Git hosts don't allow longer names of branches. */
const MAX_BASE = 255;
const MAX_TEMPLATE = 512;

/**
 * Branches on which versions of an application wait for a merge.
 *
 * @internal
 */
export interface BranchesToRead extends WriteBranch {
  applicationKey: string;
}

/** @internal */
export interface ProposalRead extends BranchesToRead {
  ref: ApplicationRef;
  attempts: number;
  /** Since when it is due. */
  dueAt: string;
}

const reads = DueRows.of<ProposalReadRow>({
  table: 'proposal_reads',
  key: ['application_key', 'repo_url', 'base', 'template'],
  dueAt: 'next_attempt_at',
});

/**
 * Adds branches to read.
 *
 * @internal
 * @param whenPresent - `merge` makes branches that were added before due now
 */
export async function addProposalReads(
  knex: Knex,
  branches: readonly BranchesToRead[],
  now: string,
  whenPresent: 'ignore' | 'merge',
): Promise<void> {
  const at = sortableTime(now);
  await reads.add(
    knex,
    branches.filter(isStorable).map(branch => ({
      ...keyOf(branch),
      attempts: 0,
      next_attempt_at: at,
      wanted_since: at,
      reason: null,
      error: null,
    })),
    whenPresent,
  );
}

function isStorable({ repoUrl, base, template }: WriteBranch): boolean {
  return (
    isKeyText(repoUrl, MAX_BYTES.repoUrl) &&
    isKeyText(base, MAX_BASE) &&
    isKeyText(template, MAX_TEMPLATE)
  );
}

/**
 * The branches that are due, the longest due first.
 *
 * @internal
 */
export async function readDueProposalReads(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<ProposalRead[]> {
  const rows: (ProposalReadRow & ApplicationRef)[] = await reads
    .due(knex, options.now)
    .join('applications', 'applications.key', 'application_key')
    .whereNull('gone_at')
    .limit(options.limit)
    .select('proposal_reads.*', 'instance', 'namespace', 'name');
  return rows.map(({ instance, namespace, name, ...row }) => ({
    ref: { instance, namespace, name },
    applicationKey: row.application_key,
    repoUrl: row.repo_url,
    base: row.base,
    template: row.template,
    attempts: row.attempts,
    dueAt: row.next_attempt_at,
  }));
}

/**
 * Stores when branches are read again.
 *
 * @internal
 */
export async function postponeProposalRead(
  knex: Knex,
  branch: BranchesToRead,
  outcome: AttemptOutcome,
): Promise<void> {
  await reads.postpone(knex, keyOf(branch), toPostponement(outcome));
}

/**
 * Removes branches, except for those that were added again since.
 *
 * @internal
 */
export async function removeProposalReads(
  knex: Knex,
  branches: readonly (BranchesToRead & Pick<ProposalRead, 'dueAt'>)[],
): Promise<void> {
  await reads.remove(
    knex,
    branches.map(branch => ({
      ...keyOf(branch),
      next_attempt_at: branch.dueAt,
    })),
  );
}

function keyOf({ applicationKey, repoUrl, base, template }: BranchesToRead) {
  return {
    application_key: applicationKey,
    repo_url: repoUrl,
    base,
    template,
  };
}
