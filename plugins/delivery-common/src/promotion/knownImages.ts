import type { ImagePushed, ImageRemoved } from '../model/observation';
import type { ImageVersion } from '../model/promotion';
import type { PushedImage } from '../image-updater';
import { laterTagsAfter, pushTime, tagPush } from './tagPushes';
import { isClearlyAfter } from './times';
import type { KnownImage } from './types';

export { pushTime } from './tagPushes';

/**
 * Adds a pushed image, or merges new facts into a known one. Tags are only ever
 * added: the push times determine which image a tag referred to at a given
 * time, so the order of observations doesn't matter. A registry gives an image
 * only one push time. A tag that a known image gets later has a time of its own,
 * but one that it had before keeps its time when it is moved back.
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
  const laterTags = known && laterTagsAfter(known, pushed);
  if (laterTags?.length) {
    image.laterTags = laterTags;
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
  return images.map(image =>
    isSameImage(image, removed) ? afterRemoval(image, removed) : image,
  );
}

function afterRemoval(
  { laterTags, ...image }: KnownImage,
  { tag, seenAt }: ImageRemoved,
): KnownImage {
  const kept = laterTags?.filter(later => later.tag !== tag);
  const known = { ...image, ...(kept?.length && { laterTags: kept }) };
  return tag === undefined
    ? {
        ...known,
        removed: true,
        removedAt: earliest(image.removedAt, seenAt),
      }
    : { ...known, tags: image.tags.filter(other => other !== tag) };
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
  const timeOf = (image: KnownImage) =>
    version.digest ? pushTime(image) : tagPush(image, version.tag).at;
  let found: KnownImage | undefined;
  for (const image of images) {
    const matches =
      image.repository === repository &&
      (version.digest
        ? image.digest === version.digest
        : version.tag !== undefined && image.tags.includes(version.tag)) &&
      !(until && isClearlyAfter(timeOf(image), until));
    if (matches && !(found && timeOf(found) >= timeOf(image))) {
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
