import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ImageRow } from '../rows';
import { chunked } from './chunked';
import { byPushTime } from './images';

/**
 * What Image Updater's choice depends on, and when the image was first observed.
 *
 * @internal
 */
export type TaggedImage = Pick<
  KnownImage,
  'repository' | 'digest' | 'tags' | 'pushedAt' | 'builds' | 'seenAt'
>;

/**
 * The images with tags that the registry has in some repositories, oldest first.
 * Image Updater chooses among all of them.
 *
 * @internal
 */
export async function readTaggedImages(
  knex: Knex,
  repositories: readonly string[],
): Promise<Map<string, TaggedImage[]>> {
  const images = new Map<string, TaggedImage[]>(
    repositories.map(repository => [repository, []]),
  );
  for (const chunk of chunked([...images.keys()])) {
    const rows = await knex<ImageRow>('images')
      .whereIn('repository', chunk)
      .whereNull('removed_at')
      .whereRaw(`tags <> '[]'`)
      .select('repository', 'digest', 'tags', 'pushed_at', 'builds', 'seen_at');
    for (const row of rows) {
      images.get(row.repository)?.push({
        repository: row.repository,
        digest: row.digest,
        tags: JSON.parse(row.tags),
        ...(row.pushed_at ? { pushedAt: row.pushed_at } : {}),
        ...(row.builds ? { builds: JSON.parse(row.builds) } : {}),
        seenAt: row.seen_at,
      });
    }
  }
  images.forEach(known => known.sort(byPushTime));
  return images;
}
