import type { TagMutability } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { RepositoryRow } from '../rows';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { addRepositories, type RepositoryErrorCode } from './repositories';

/**
 * How the last reads of a repository went.
 *
 * @internal
 */
export interface RepositoryState {
  repository: string;
  isReferenced: boolean;
  /** ISO 8601, UTC; absent: never. */
  readAt?: string;
  /** Why the latest read failed. */
  error?: string;
  /** The code for `error`. */
  errorCode?: RepositoryErrorCode;
  /** Whether its tags can move to other images; absent if not known. */
  tagMutability?: TagMutability;
}

/**
 * Records that entities reference some repositories. Those that no entity
 * referenced before are due at once.
 *
 * @internal
 */
export async function saveReferencedRepositories(
  knex: Knex,
  repositories: readonly string[],
  seenAt: string,
): Promise<void> {
  const at = sortableTime(seenAt);
  await addRepositories(knex, [...repositories]);
  for (const chunk of chunked([...new Set(repositories)].sort())) {
    await knex<RepositoryRow>('repositories')
      .whereIn('repository', chunk)
      .whereNull('named_at')
      .update({ named_at: at, next_read_at: at });
    await knex<RepositoryRow>('repositories')
      .whereIn('repository', chunk)
      .where('named_at', '<', at)
      .update({ named_at: at });
  }
}

/**
 * Clears the mark of repositories that no entity has referenced since a time.
 *
 * @internal
 */
export async function clearUnreferenced(
  knex: Knex,
  before: string,
): Promise<void> {
  await knex<RepositoryRow>('repositories')
    .where('named_at', '<', sortableTime(before))
    .update({ named_at: null });
}

/**
 * Reads the states of those repositories that are stored.
 *
 * @internal
 */
export async function readRepositoryStates(
  knex: Knex,
  repositories: readonly string[],
): Promise<RepositoryState[]> {
  const rows: RepositoryRow[] = [];
  for (const chunk of chunked(repositories)) {
    rows.push(
      ...(await knex<RepositoryRow>('repositories')
        .whereIn('repository', chunk)
        .select()),
    );
  }
  return rows.map(row => ({
    repository: row.repository,
    isReferenced: row.named_at !== null,
    ...(row.read_at && { readAt: row.read_at }),
    ...(row.error && {
      error: row.error,
      errorCode:
        row.error_code === 'account-not-configured'
          ? row.error_code
          : 'read-failed',
    }),
    ...(row.tag_mutability && {
      tagMutability: JSON.parse(row.tag_mutability),
    }),
  }));
}
