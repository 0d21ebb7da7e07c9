import type {
  ImageVersion,
  KnownImage,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ImageRow, ImageTagRow } from '../rows';
import { chunked } from './chunked';
import { fromImageRow, readImagesByDigest } from './images';
import { insertRows } from './insertRows';

/**
 * A version of an image, by its digest or its tag.
 *
 * @internal
 */
export interface ReferencedVersion extends ImageVersion {
  repository: string;
}

/**
 * Every known image with one of the digests or tags, removed ones included. A
 * version with both is searched by both, since a tag may name several images one
 * after another.
 *
 * @internal
 */
export async function readReferencedImages(
  knex: Knex,
  versions: readonly ReferencedVersion[],
): Promise<KnownImage[]> {
  const found = await readImagesByDigest(
    knex,
    unique(versions, ({ repository, digest }) => [repository, digest]).map(
      ([repository, digest]) => ({ repository, digest }),
    ),
  );
  const tags = unique(versions, ({ repository, tag }) => [repository, tag]);
  for (const chunk of chunked(tags)) {
    const rows: ImageRow[] = await knex('image_tags')
      .join('images', {
        'images.repository': 'image_tags.repository',
        'images.digest': 'image_tags.digest',
      })
      .whereIn(['image_tags.repository', 'image_tags.tag'], chunk)
      .select('images.*');
    found.push(...rows.map(fromImageRow));
  }
  return found;
}

function unique(
  versions: readonly ReferencedVersion[],
  keyOf: (version: ReferencedVersion) => [string, string | undefined],
): [string, string][] {
  const keys = new Map<string, [string, string]>();
  for (const version of versions) {
    const [repository, name] = keyOf(version);
    if (name) {
      keys.set(`${repository} ${name}`, [repository, name]);
    }
  }
  return [...keys.values()];
}

/**
 * Adds the tags that a replica of an earlier release left out during a rolling
 * update.
 *
 * @internal
 * @param images - all that the registry has in the repository
 */
export async function restoreImageTags(
  knex: Knex,
  repository: string,
  images: readonly KnownImage[],
): Promise<void> {
  const count = images.reduce((sum, { tags }) => sum + tags.length, 0);
  const row: { count?: number | string } | undefined = await knex('image_tags')
    .where({ repository })
    .count({ count: '*' })
    .first();
  // Those of removed images count, too, so there may be more.
  if (Number(row?.count ?? 0) >= count) {
    return;
  }
  // An image may have been deleted since it was read.
  const digests = new Set(
    await knex<ImageRow>('images').where({ repository }).pluck('digest'),
  );
  await insertRows<ImageTagRow>(
    knex,
    'image_tags',
    images
      .filter(({ digest }) => digests.has(digest))
      .flatMap(({ digest, tags }) =>
        tags.map(tag => ({ repository, tag, digest })),
      ),
    { columns: ['repository', 'tag', 'digest'], then: 'ignore' },
  );
}
