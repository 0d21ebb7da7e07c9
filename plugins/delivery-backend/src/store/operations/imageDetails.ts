import type { ImageDetails } from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { ImageDetailsRow, ImageRow } from '../rows';
import { chunked } from './chunked';
import { insertRows } from './insertRows';

/**
 * Stores what a registry reports about a repository's images beyond what decides
 * promotions. Only changes are written. Images that aren't stored yet, and images
 * with details that couldn't be read, are skipped.
 *
 * @internal
 */
export async function saveImageDetails(
  tx: Knex.Transaction,
  repository: string,
  images: RegistryImage[],
): Promise<void> {
  const known = new Set(
    await tx<ImageRow>('images').where({ repository }).pluck('digest'),
  );
  const before = new Map(
    (await tx<ImageDetailsRow>('image_details').where({ repository })).map(
      row => [row.digest, row.document],
    ),
  );
  const rows = images
    .filter(({ digest, detailsUnread }) => known.has(digest) && !detailsUnread)
    .map(
      (image): ImageDetailsRow => ({
        repository,
        digest: image.digest,
        document: JSON.stringify(toImageDetails(image)),
        is_child: image.childOf ? 1 : 0,
      }),
    )
    .filter(({ digest, document }) => before.get(digest) !== document);
  await insertRows<ImageDetailsRow>(tx, 'image_details', rows, {
    columns: ['repository', 'digest'],
    then: 'merge',
  });
}

/**
 * A lookup of what is known about these images, by repository and digest.
 *
 * @internal
 */
export async function readImageDetails(
  knex: Knex,
  images: { repository: string; digest: string }[],
): Promise<(repository: string, digest: string) => ImageDetails> {
  const found = new Map<string, ImageDetails>();
  for (const chunk of chunked(images)) {
    const rows = await knex<ImageDetailsRow>('image_details').whereIn(
      ['repository', 'digest'],
      chunk.map(({ repository, digest }) => [repository, digest]),
    );
    for (const { repository, digest, document } of rows) {
      found.set(detailsKey(repository, digest), JSON.parse(document));
    }
  }
  return (repository, digest) =>
    found.get(detailsKey(repository, digest)) ?? {};
}

function detailsKey(repository: string, digest: string): string {
  return `${repository}@${digest}`;
}

function toImageDetails({
  sizeInBytes,
  mediaType,
  artifactMediaType,
  lastPulledAt,
  children,
  childOf,
  scan,
}: RegistryImage): ImageDetails {
  return {
    sizeInBytes,
    mediaType,
    artifactMediaType,
    lastPulledAt,
    children,
    childOf,
    scan,
  };
}
