import type { Knex } from 'knex';
import type { ImageRow } from '../rows';

/**
 * The digest of each tag of a repository, for images that aren't removed.
 *
 * @internal
 */
export async function readKnownTags(
  knex: Knex,
  repository: string,
): Promise<Map<string, string>> {
  const rows = await knex<ImageRow>('images')
    .where({ repository })
    .whereNull('removed_at')
    .whereNot({ tags: '[]' })
    .select('digest', 'tags');
  return new Map(
    rows.flatMap(({ digest, tags }) => {
      const all: string[] = JSON.parse(tags);
      return all.map((tag): [string, string] => [tag, digest]);
    }),
  );
}
