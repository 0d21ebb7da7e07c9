import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { holdsLease } from './operations/leases';

/**
 * What entitles a leader task to write: the lease under which it works, and a
 * run of the task that wasn't abandoned. The transaction that writes checks both,
 * so that a replica that stalled can't overwrite what its successor stored.
 *
 * @internal
 */
export interface Fence {
  /** Name of the lease. */
  name: string;
  /** The holder, different for each term of the same replica. */
  owner: string;
  /** Aborted once nobody waits for the run any more; it must not write then. */
  abandoned?: AbortSignal;
}

/**
 * The write was refused because the lease has another holder or has expired, or
 * because the run was abandoned. Nothing was written, and there is nothing to do:
 * the holder of the lease has newer data.
 *
 * @internal
 */
export class FencedError extends ConflictError {}

/**
 * Rejects with a {@link FencedError} unless the fence still holds. On
 * PostgreSQL the lease can't be taken until the transaction ends.
 *
 * @internal
 */
export async function checkFence(
  tx: Knex.Transaction,
  fence: Fence,
): Promise<void> {
  if (!(await holdsLease(tx, fence))) {
    throw new FencedError(
      `Another replica holds the lease '${fence.name}', or it has expired`,
    );
  }
  checkRun(fence);
}

/**
 * Throws a {@link FencedError} if the run was abandoned.
 *
 * @internal
 */
export function checkRun(fence: Fence): void {
  if (fence.abandoned?.aborted) {
    throw new FencedError(
      `A run under the lease '${fence.name}' was abandoned, so it may not write`,
    );
  }
}
