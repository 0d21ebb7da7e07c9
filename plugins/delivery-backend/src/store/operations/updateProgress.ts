import type {
  Promotion,
  UpdateProgress,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { PromotionRow } from '../rows';

/** The version of an image, in any application. */
type Version = Pick<Promotion, 'repository' | 'version'>;

type ProgressRow = Pick<PromotionRow, 'repository' | 'tag' | 'digest'> & {
  // PostgreSQL returns counts as text.
  total: number | string;
  committed: number | string;
  committed_at: string | null;
};

/**
 * In how many applications each version was promoted, and in how many of them it
 * is committed.
 *
 * @internal
 */
export async function readUpdateProgress(
  knex: Knex,
  versions: readonly Version[],
): Promise<(version: Version) => UpdateProgress | undefined> {
  const found = new Map<string, UpdateProgress>();
  const tagsOf = new Map<string, Set<string>>();
  for (const { repository, version } of versions) {
    if (version.tag) {
      const tags = tagsOf.get(repository) ?? new Set();
      tagsOf.set(repository, tags.add(version.tag));
    }
  }
  for (const [repository, tags] of tagsOf) {
    const rows = await knex<PromotionRow>('promotions')
      .where({ repository })
      .whereIn('tag', [...tags])
      .groupBy('repository', 'tag', 'digest')
      .select<ProgressRow[]>(
        'repository',
        'tag',
        'digest',
        knex.raw('count(*) as total'),
        knex.raw('count(coalesce(committed_at, synced_at)) as committed'),
        knex.raw('max(committed_at) as committed_at'),
      );
    for (const row of rows) {
      found.set(keyOf(row.repository, row.tag, row.digest), {
        committed: Number(row.committed),
        total: Number(row.total),
        ...(row.committed_at && { committedAt: row.committed_at }),
      });
    }
  }
  return ({ repository, version }) =>
    found.get(keyOf(repository, version.tag, version.digest));
}

function keyOf(
  repository: string,
  tag: string | null | undefined,
  digest: string | null | undefined,
): string {
  return JSON.stringify([repository, tag ?? '', digest ?? '']);
}
