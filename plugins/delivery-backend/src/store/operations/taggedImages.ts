import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ImageRow, RepositoryRow } from '../rows';
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

/**
 * A version of the images of each repository. It is another one after each change,
 * so what was derived from the images can be kept as long as it stays the same.
 * Read it before the images. Repositories whose images never changed are left out.
 *
 * @internal
 */
export async function readImagesVersions(
  knex: Knex,
  repositories: readonly string[],
): Promise<Map<string, string>> {
  const versions = new Map<string, string>();
  for (const chunk of chunked([...new Set(repositories)])) {
    const rows = await knex<RepositoryRow>('repositories')
      .whereIn('repository', chunk)
      .whereNotNull('images_version')
      .select('repository', 'images_version');
    for (const { repository, images_version: version } of rows) {
      if (version !== null) {
        versions.set(repository, version);
      }
    }
  }
  return versions;
}
