import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ImageRow, ImageTagRow } from '../rows';
import { scopes } from '../scopes';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { deleteRows } from './deleteBatches';
import { insertRows } from './insertRows';
import { bumpVersions } from './storeVersions';

/**
 * All images that the registry has in a repository, in the order in which they
 * were pushed. There may be tens of thousands, so this is for comparing them with
 * a list of the registry.
 *
 * @internal
 */
export async function readPresentImages(
  knex: Knex,
  repository: string,
): Promise<KnownImage[]> {
  const rows = await knex<ImageRow>('images')
    .where({ repository })
    .whereNull('removed_at')
    .select();
  return rows.map(fromImageRow).sort(byPushTime);
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
  return rows.map(fromImageRow);
}

/**
 * Saves images with the tags by which they are found, and counts the change of
 * their repositories.
 *
 * @internal
 * @param images - only those that changed
 */
export async function saveImages(
  knex: Knex,
  images: readonly KnownImage[],
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
  await replaceTags(knex, images);
  const repositories = [...new Set(images.map(image => image.repository))];
  await bumpVersions(
    knex,
    repositories.flatMap(repository => [
      scopes.images(repository),
      scopes.repository(repository),
    ]),
  );
}

async function replaceTags(
  knex: Knex,
  images: readonly KnownImage[],
): Promise<void> {
  const wanted = new Map(
    images.flatMap(({ repository, digest, tags }) =>
      tags.map((tag): [string, ImageTagRow] => [
        JSON.stringify([repository, digest, tag]),
        { repository, tag, digest },
      ]),
    ),
  );
  const obsolete: ImageTagRow[] = [];
  for (const chunk of chunked(images)) {
    const rows = await knex<ImageTagRow>('image_tags')
      .whereIn(
        ['repository', 'digest'],
        chunk.map(({ repository, digest }) => [repository, digest]),
      )
      .select('repository', 'tag', 'digest');
    for (const row of rows) {
      const key = JSON.stringify([row.repository, row.digest, row.tag]);
      if (!wanted.delete(key)) {
        obsolete.push(row);
      }
    }
  }
  const key = ['repository', 'tag', 'digest'] as const;
  await deleteRows(
    knex,
    'image_tags',
    [...key],
    obsolete.map(row => ({ ...row })),
  );
  await insertRows<ImageTagRow>(knex, 'image_tags', [...wanted.values()], {
    columns: [...key],
    then: 'ignore',
  });
}

/**
 * The order of pushes: by time, then by digest.
 *
 * @internal
 */
export function byPushTime(a: PushedAt, b: PushedAt): number {
  const timeOf = (image: PushedAt) =>
    Date.parse(image.pushedAt ?? image.seenAt);
  return (
    timeOf(a) - timeOf(b) ||
    Number(a.digest > b.digest) - Number(a.digest < b.digest)
  );
}

type PushedAt = Pick<KnownImage, 'digest' | 'pushedAt' | 'seenAt'>;

/** @internal */
export function fromImageRow(row: ImageRow): KnownImage {
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
