import type {
  ImagePushed,
  ImageRemoved,
  KnownImage,
} from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';

/**
 * The changes that a full read of a repository shows: images and tags that were
 * removed, then images that are new or have new tags, an earlier push time or
 * builds, in push order. `seenAt` is the start of the read; images pushed later
 * may be missing.
 *
 * @internal
 */
export function imageChanges(
  read: { repository: string; images: RegistryImage[]; seenAt: string },
  known: KnownImage[],
): (ImagePushed | ImageRemoved)[] {
  const { repository, seenAt } = read;
  const knownOf = new Map(
    known.filter(image => !image.removed).map(image => [image.digest, image]),
  );
  const present = new Set(read.images.map(image => image.digest));
  // If details couldn't be read, parts of an index may be missing in the list.
  // They have no tags.
  const mayLackParts = read.images.some(({ detailsUnread }) => detailsUnread);

  const removed: ImageRemoved[] = [];
  for (const image of knownOf.values()) {
    const mayBePart = mayLackParts && image.tags.length === 0;
    if (!present.has(image.digest) && !mayBePart && image.seenAt < seenAt) {
      removed.push({
        kind: 'image-removed',
        repository,
        digest: image.digest,
        seenAt,
      });
    }
  }
  const pushed: ImagePushed[] = [];
  for (const image of [...read.images].sort(byPushTime)) {
    const before = knownOf.get(image.digest);
    for (const tag of before?.tags ?? []) {
      if (!image.tags.includes(tag)) {
        removed.push({
          kind: 'image-removed',
          repository,
          digest: image.digest,
          tag,
          seenAt,
        });
      }
    }
    const isKnown =
      before !== undefined &&
      image.tags.every(tag => before.tags.includes(tag)) &&
      !isEarlier(image.pushedAt, before.pushedAt) &&
      (image.builds === undefined || before.builds !== undefined);
    if (!isKnown) {
      pushed.push({
        kind: 'image-pushed',
        repository,
        digest: image.digest,
        tags: image.tags,
        ...(image.pushedAt ? { pushedAt: image.pushedAt } : {}),
        ...(image.builds ? { builds: image.builds } : {}),
        seenAt,
      });
    }
  }
  return [...removed, ...pushed];
}

/** The earliest reported time counts, so only an earlier one is a change. */
function isEarlier(time: string | undefined, known: string | undefined) {
  return (
    time !== undefined &&
    (known === undefined || Date.parse(time) < Date.parse(known))
  );
}

function byPushTime(a: RegistryImage, b: RegistryImage): number {
  return (a.pushedAt ?? '').localeCompare(b.pushedAt ?? '');
}
