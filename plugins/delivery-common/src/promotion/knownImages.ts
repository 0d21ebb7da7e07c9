import type { ImagePushed, ImageRemoved } from '../model/observation';
import type { ImageVersion } from '../model/promotion';
import type { PushedImage } from '../image-updater';
import { isClearlyAfter } from './times';
import type { KnownImage } from './types';

/**
 * Adds a pushed image, or merges new facts into a known one. Tags are only ever
 * added: the push times determine which image a tag referred to at a given
 * time, so the order of observations doesn't matter. A registry gives an image
 * only one push time, so a tag that is moved back to an earlier image still
 * counts as the later image's.
 *
 * @internal
 */
export function withPushedImage(
  images: KnownImage[],
  pushed: ImagePushed,
): KnownImage[] {
  const known = images.find(image => isSameImage(image, pushed));
  const image: KnownImage = {
    repository: pushed.repository,
    digest: pushed.digest,
    tags: [...new Set([...(known?.tags ?? []), ...pushed.tags])].sort(),
    seenAt: earliest(known?.seenAt, pushed.seenAt) ?? pushed.seenAt,
  };
  const pushedAt = earliest(known?.pushedAt, pushed.pushedAt);
  if (pushedAt !== undefined) {
    image.pushedAt = pushedAt;
  }
  const builds = known?.builds ?? pushed.builds;
  if (builds !== undefined) {
    image.builds = builds;
  }
  if (known?.removedAt && known.removedAt > pushed.seenAt) {
    image.removed = known.removed;
    image.removedAt = known.removedAt;
  }
  return [...images.filter(other => other !== known), image];
}

/**
 * Marks an image as removed, or removes one of its tags.
 *
 * @internal
 */
export function withRemovedImage(
  images: KnownImage[],
  removed: ImageRemoved,
): KnownImage[] {
  return images.map(image => {
    if (!isSameImage(image, removed)) {
      return image;
    }
    if (removed.tag !== undefined) {
      return { ...image, tags: image.tags.filter(tag => tag !== removed.tag) };
    }
    return {
      ...image,
      removed: true,
      removedAt: earliest(image.removedAt, removed.seenAt),
    };
  });
}

/**
 * The image that a version refers to: the one with its digest or, if the
 * version has none, the one pushed last with its tag. Ignores images pushed
 * clearly later than `until`.
 *
 * @internal
 */
export function findKnownImage(
  images: KnownImage[],
  repository: string,
  version: ImageVersion,
  until?: string,
): KnownImage | undefined {
  let found: KnownImage | undefined;
  for (const image of images) {
    const matches =
      image.repository === repository &&
      (version.digest
        ? image.digest === version.digest
        : version.tag !== undefined && image.tags.includes(version.tag)) &&
      !(until && isClearlyAfter(pushTime(image), until));
    if (matches && !(found && pushTime(found) >= pushTime(image))) {
      found = image;
    }
  }
  return found;
}

/**
 * The properties of an image that a policy judges.
 *
 * @public
 */
export function toPushedImage({
  digest,
  tags,
  pushedAt,
  builds,
}: Pick<KnownImage, 'digest' | 'tags' | 'pushedAt' | 'builds'>): PushedImage {
  return {
    digest,
    tags,
    ...(pushedAt && { pushedAt }),
    ...(builds && { builds }),
  };
}

/**
 * When an image was pushed; when we first observed it if the registry gives no
 * time.
 *
 * @internal
 */
export function pushTime(image: KnownImage): string {
  return image.pushedAt ?? image.seenAt;
}

function isSameImage(
  image: KnownImage,
  other: { repository: string; digest: string },
): boolean {
  return image.repository === other.repository && image.digest === other.digest;
}

function earliest(a: string | undefined, b: string | undefined) {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  return Date.parse(b) < Date.parse(a) ? b : a;
}
