import type { Knex } from 'knex';
import { DueRows } from '../DueRows';
import { searchKey } from '../repositoryKey';
import type { RepositorySearchRow } from '../rows';
import { scopes } from '../scopes';
import { storableText } from '../text';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { bumpVersions } from './storeVersions';

const searches = DueRows.of<RepositorySearchRow>({
  table: 'repository_searches',
  key: ['key'],
  dueAt: 'next_search_at',
});

/**
 * A search for the repositories that have some AWS tags.
 *
 * @internal
 */
export interface RepositorySearch {
  key: string;
  tags: Record<string, string>;
  /** What the last search found; absent: there was none yet. */
  repositories?: string[];
  failures: number;
  /** Why the latest search couldn't look everywhere. */
  error?: string;
}

/**
 * Records that entities reference repositories by some tags. New searches are due
 * at once.
 *
 * @internal
 */
export async function saveReferencedSearches(
  knex: Knex,
  tags: readonly Record<string, string>[],
  seenAt: string,
): Promise<void> {
  const at = sortableTime(seenAt);
  const rows = new Map(
    tags.map((some): [string, RepositorySearchRow] => [
      searchKey(some),
      {
        key: searchKey(some),
        tags: JSON.stringify(some),
        repositories: null,
        next_search_at: at,
        failures: 0,
        error: null,
        named_at: at,
      },
    ]),
  );
  const keys = [...rows.keys()].sort();
  await searches.add(knex, [...rows.values()], 'ignore');
  for (const chunk of chunked(keys)) {
    await knex<RepositorySearchRow>('repository_searches')
      .whereIn('key', chunk)
      .where('named_at', '<', at)
      .update({ named_at: at });
  }
}

/**
 * Deletes searches for tags that no entity has had since a time.
 *
 * @internal
 */
export async function deleteSearches(
  knex: Knex,
  before: string,
): Promise<void> {
  const keys: string[] = await knex<RepositorySearchRow>('repository_searches')
    .where('named_at', '<', sortableTime(before))
    .pluck('key');
  for (const chunk of chunked(keys.sort())) {
    await knex<RepositorySearchRow>('repository_searches')
      .whereIn('key', chunk)
      .where('named_at', '<', sortableTime(before))
      .delete();
  }
  await bumpVersions(knex, keys.map(scopes.search));
}

/**
 * Reads those searches that are stored.
 *
 * @internal
 */
export async function readSearches(
  knex: Knex,
  keys: readonly string[],
): Promise<RepositorySearch[]> {
  const rows: RepositorySearchRow[] = [];
  for (const chunk of chunked(keys)) {
    rows.push(
      ...(await knex<RepositorySearchRow>('repository_searches')
        .whereIn('key', chunk)
        .select()),
    );
  }
  return rows.map(fromRow);
}

/**
 * Searches that are due, the longest due first.
 *
 * @internal
 */
export async function readDueSearches(
  knex: Knex,
  { now, limit }: { now: string; limit: number },
): Promise<RepositorySearch[]> {
  const rows: RepositorySearchRow[] = await searches
    .due(knex, now)
    .limit(limit)
    .select();
  return rows.map(fromRow);
}

/**
 * Stores the result of a search and when the next one is due.
 *
 * @internal
 */
export async function saveSearch(
  knex: Knex,
  key: string,
  outcome: {
    repositories: string[];
    /** Why the search was incomplete. */
    error?: string;
    failures: number;
    nextSearchAt: string;
  },
): Promise<void> {
  const { repositories, error, failures, nextSearchAt } = outcome;
  await searches.postpone(
    knex,
    { key },
    {
      dueAt: nextSearchAt,
      changes: {
        repositories: JSON.stringify(repositories),
        error: error ? storableText(error) : null,
        failures,
      },
    },
  );
  await bumpVersions(knex, [scopes.search(key)]);
}

function fromRow(row: RepositorySearchRow): RepositorySearch {
  return {
    key: row.key,
    tags: JSON.parse(row.tags),
    ...(row.repositories && { repositories: JSON.parse(row.repositories) }),
    failures: row.failures,
    ...(row.error && { error: row.error }),
  };
}
