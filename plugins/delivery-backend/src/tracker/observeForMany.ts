import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { lockRows } from '../store/operations/lockApplications';
import type { Fence } from '../store/fence';
import type { Commits } from './Commits';
import type { Reduced } from './types';

/**
 * Applications reduced in one transaction: enough to make it quick for many, few
 * enough to let page views in between.
 */
const APPLICATIONS_PER_TRANSACTION = 100;

/**
 * Observations that concern whichever applications are found for them.
 *
 * @internal
 */
export interface ObservationForMany {
  begin?(tx: Knex.Transaction): Promise<void>;
  /** Keys of the applications. */
  find(tx: Knex.Transaction): Promise<string[]>;
  observationsOf(key: string): readonly Observation[];
  /** Writes, in the same transaction, what doesn't belong to the applications. */
  finish(
    tx: Knex.Transaction,
    part: { keys: string[]; reduced: Reduced[]; isLast: boolean },
  ): Promise<void>;
  /** Checked with each transaction. */
  fence?: Fence;
}

/**
 * Reduces observations for many applications, some at a time.
 *
 * @internal
 */
export async function observeForMany(
  commits: Commits,
  options: ObservationForMany,
): Promise<void> {
  let after: string | undefined = '';
  while (after !== undefined) {
    after = await observeForSome(commits, options, after);
  }
}

/** Resolves with the last key that was done; undefined if there are no more. */
async function observeForSome(
  commits: Commits,
  options: ObservationForMany,
  after: string,
): Promise<string | undefined> {
  let last: string | undefined;
  await commits.run(async tx => {
    await options.begin?.(tx);
    const found = (await options.find(tx)).filter(key => key > after).sort();
    const keys = found.slice(0, APPLICATIONS_PER_TRANSACTION);
    const isLast = keys.length === found.length;
    const rows = await lockRows(tx, keys);
    const reduced = await commits.reduceRows(tx, rows, key =>
      options.observationsOf(key),
    );
    await options.finish(tx, { keys, reduced, isLast });
    last = isLast ? undefined : keys.at(-1);
    return reduced;
  }, options.fence);
  return last;
}
