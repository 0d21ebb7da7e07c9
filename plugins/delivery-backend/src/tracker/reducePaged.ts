import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { Fence } from '../store/fence';
import { lockRows } from '../store/operations/lockApplications';
import type { Reduced } from './types';
import type { UnitOfWork } from './UnitOfWork';

/**
 * Applications per transaction: enough to be quick for many, few enough to let
 * page views in between.
 */
const APPLICATIONS_PER_TRANSACTION = 100;

/**
 * Observations to reduce for all applications that `find` returns.
 *
 * @internal
 */
export interface PagedWork {
  lock?(tx: Knex.Transaction): Promise<void>;
  /** Keys of the applications. */
  find(tx: Knex.Transaction): Promise<string[]>;
  observationsOf(key: string): readonly Observation[];
  /** As in `Work`, for the applications of one transaction. */
  saveAlong?(
    tx: Knex.Transaction,
    page: { keys: string[]; reduced: Reduced[]; isLast: boolean },
  ): Promise<boolean>;
}

/**
 * Reduces observations for many applications, one page of them per transaction.
 *
 * @internal
 * @param fence - checked in each transaction
 */
export async function reducePaged(
  unitOfWork: UnitOfWork,
  work: PagedWork,
  fence?: Fence,
): Promise<void> {
  let after: string | undefined = '';
  while (after !== undefined) {
    after = await reducePage(unitOfWork, work, after, fence);
  }
}

/** Resolves with the last key of the page, or undefined after the last page. */
async function reducePage(
  unitOfWork: UnitOfWork,
  { lock, find, observationsOf, saveAlong }: PagedWork,
  after: string,
  fence?: Fence,
): Promise<string | undefined> {
  let page: { keys: string[]; isLast: boolean } = { keys: [], isLast: true };
  await unitOfWork.reduce(
    {
      select: async tx => {
        await lock?.(tx);
        const found = (await find(tx)).filter(key => key > after).sort();
        const keys = found.slice(0, APPLICATIONS_PER_TRANSACTION);
        page = { keys, isLast: keys.length === found.length };
        return { rows: await lockRows(tx, keys), observationsOf };
      },
      saveAlong: async (tx, reduced) =>
        saveAlong ? saveAlong(tx, { ...page, reduced }) : false,
    },
    fence,
  );
  return page.isLast ? undefined : page.keys.at(-1);
}
