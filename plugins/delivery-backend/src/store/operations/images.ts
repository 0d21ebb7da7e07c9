import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ImageRow } from '../rows';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { insertRows } from './insertRows';

/**
 * Every known image of the given repositories, in the order in which they were
 * pushed.
 *
 * @internal
 */
export async function readImages(
  knex: Knex,
  repositories: string[],
): Promise<Map<string, KnownImage[]>> {
  const images = new Map<string, KnownImage[]>(
    repositories.map(repository => [repository, []]),
  );
  for (const chunk of chunked([...images.keys()])) {
    const rows = await knex<ImageRow>('images')
      .whereIn('repository', chunk)
      .select();
    for (const row of rows) {
      images.get(row.repository)?.push(toKnownImage(row));
    }
  }
  for (const known of images.values()) {
    known.sort(byPushTime);
  }
  return images;
}

/**
 * The digests of a repository's images with known builds.
 *
 * @internal
 */
export async function readBuiltDigests(
  knex: Knex,
  repository: string,
): Promise<Set<string>> {
  return new Set(
    await knex<ImageRow>('images')
      .where({ repository })
      .whereNotNull('builds')
      .pluck('digest'),
  );
}

/**
 * What is known about the given images.
 *
 * @internal
 */
export async function readImagesByDigest(
  knex: Knex,
  images: { repository: string; digest: string }[],
): Promise<KnownImage[]> {
  const rows: ImageRow[] = [];
  for (const chunk of chunked(images)) {
    rows.push(
      ...(await knex<ImageRow>('images')
        .whereIn(
          ['repository', 'digest'],
          chunk.map(({ repository, digest }) => [repository, digest]),
        )
        .select()),
    );
  }
  return rows.map(toKnownImage);
}

/** @internal */
export async function saveImages(
  knex: Knex,
  images: KnownImage[],
  seenAt: string,
): Promise<void> {
  await insertRows(
    knex,
    'images',
    images.map(
      (image): ImageRow => ({
        repository: image.repository,
        digest: image.digest,
        tags: JSON.stringify(image.tags),
        later_tags: image.laterTags ? JSON.stringify(image.laterTags) : null,
        pushed_at: image.pushedAt ?? null,
        builds: image.builds ? JSON.stringify(image.builds) : null,
        seen_at: image.seenAt,
        removed_at: image.removed
          ? sortableTime(image.removedAt ?? seenAt)
          : null,
      }),
    ),
    { columns: ['repository', 'digest'], then: 'merge' },
  );
}

function byPushTime(a: KnownImage, b: KnownImage): number {
  const timeOf = (image: KnownImage) =>
    sortableTime(image.pushedAt ?? image.seenAt);
  return timeOf(a).localeCompare(timeOf(b)) || a.digest.localeCompare(b.digest);
}

/** @internal */
export function toKnownImage(row: ImageRow): KnownImage {
  return {
    repository: row.repository,
    digest: row.digest,
    tags: JSON.parse(row.tags),
    ...(row.later_tags ? { laterTags: JSON.parse(row.later_tags) } : {}),
    ...(row.pushed_at ? { pushedAt: row.pushed_at } : {}),
    ...(row.builds ? { builds: JSON.parse(row.builds) } : {}),
    seenAt: row.seen_at,
    ...(row.removed_at ? { removed: true, removedAt: row.removed_at } : {}),
  };
}
