import type { Knex } from 'knex';
import { isPostgres } from '../isPostgres';
import type { StoreVersionRow } from '../rows';
import { bucketsOf, type Scope } from '../scopes';

/** Up to this many values get a binding each. */
const FEW = 100;

/**
 * Counts a change of some parts of the store. Call it last in the transaction that
 * changes them: until that ends, other writers of the same parts wait.
 *
 * @internal
 */
export async function bumpVersions(
  knex: Knex,
  changed: Iterable<Scope>,
): Promise<void> {
  const buckets = bucketsOf(changed);
  if (buckets.length > 0) {
    const values = isPostgres(knex)
      ? knex.raw('unnest(?::int[]) as value', [buckets])
      : knex.raw('json_each(?)', [JSON.stringify(buckets)]);
    // Without `where`, SQLite would take `on conflict` for a part of a join.
    await knex.raw(
      `insert into store_versions (scope, version)
       select value, 1 from ? where true order by value
       on conflict (scope) do update set version = store_versions.version + 1`,
      [values],
    );
  }
}

/**
 * The version of some parts of the store together. As long as it stays the same,
 * none of their rows has changed, whichever replica writes them. An answer belongs
 * to a version only if both are read in one snapshot.
 *
 * @internal
 * @param buckets - see `bucketsOf`
 */
export async function readVersion(
  knex: Knex,
  buckets: readonly number[],
): Promise<string> {
  const rows = await readRows(knex, buckets);
  return rows.map(({ scope, version }) => `${scope}:${version}`).join();
}

/**
 * The version of each of some parts of the store; see `readVersion`. Parts that
 * never changed are left out.
 *
 * @internal
 */
export async function readVersions(
  knex: Knex,
  parts: readonly Scope[],
): Promise<Map<Scope, string>> {
  const rows = await readRows(knex, bucketsOf(parts));
  const versions = new Map(
    rows.map(({ scope, version }) => [scope, String(version)]),
  );
  return new Map(
    parts.flatMap(part => {
      const version = versions.get(bucketsOf([part])[0]);
      return version === undefined ? [] : [[part, version]];
    }),
  );
}

async function readRows(
  knex: Knex,
  buckets: readonly number[],
): Promise<StoreVersionRow[]> {
  const query = knex<StoreVersionRow>('store_versions')
    .orderBy('scope')
    .select('scope', 'version');
  if (buckets.length <= FEW) {
    query.whereIn('scope', [...buckets]);
  } else if (isPostgres(knex)) {
    query.whereRaw('scope = any(?::int[])', [[...buckets]]);
  } else {
    query.whereRaw('scope in (select value from json_each(?))', [
      JSON.stringify(buckets),
    ]);
  }
  return query;
}
