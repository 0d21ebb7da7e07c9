import type { ImageChild } from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from './types';

/**
 * Newest first, by the time of the push, else of the build. Images without a
 * time come last.
 */
export function byAge(a: RegistryImage, b: RegistryImage): number {
  return timeOf(b) - timeOf(a) || compareText(a.digest, b.digest);
}

/**
 * Makes each digest unique, and puts each tag at one digest. If somebody pushes
 * while a paged list is read, an image can occur twice, or a tag at two images.
 * The last one read wins; it gets the latest push time and the tags of both.
 *
 * @param images - in the order in which they were read
 */
export function uniqueImages(images: RegistryImage[]): RegistryImage[] {
  const unique = new Map<string, RegistryImage>();
  const digestOf = new Map<string, string>();
  for (const image of images) {
    const before = unique.get(image.digest);
    unique.set(image.digest, before ? merge(before, image) : image);
    image.tags.forEach(tag => digestOf.set(tag, image.digest));
  }
  return [...unique.values()].map(image => {
    const tags = image.tags.filter(tag => digestOf.get(tag) === image.digest);
    return tags.length === image.tags.length ? image : { ...image, tags };
  });
}

function merge(before: RegistryImage, image: RegistryImage): RegistryImage {
  const [pushedAt] = [before.pushedAt, image.pushedAt]
    .filter(time => time !== undefined)
    .sort((a, b) => Date.parse(b) - Date.parse(a));
  return {
    ...image,
    tags: [...new Set([...before.tags, ...image.tags])],
    ...(pushedAt && { pushedAt }),
  };
}

/**
 * Adds its children to each index of a repository, and its indexes to each
 * child.
 *
 * @param childrenOf - the children of indexes, by the digests of the indexes
 */
export function withChildren(
  images: RegistryImage[],
  childrenOf: ReadonlyMap<string, ImageChild[]>,
): RegistryImage[] {
  const indexesOf = new Map<string, string[]>();
  for (const { digest } of images) {
    for (const child of childrenOf.get(digest) ?? []) {
      indexesOf.set(child.digest, [
        ...(indexesOf.get(child.digest) ?? []),
        digest,
      ]);
    }
  }
  return images.map(image => {
    const children = childrenOf.get(image.digest);
    const childOf = indexesOf.get(image.digest);
    return {
      ...image,
      ...(children && { children }),
      ...(childOf && { childOf: childOf.sort(compareText) }),
    };
  });
}

/** Reproducible builds set a time before this, which is meaningless. */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z');

function timeOf({ pushedAt, builds = [] }: RegistryImage): number {
  if (pushedAt !== undefined) {
    return Date.parse(pushedAt);
  }
  const times = builds
    .map(({ builtAt = '' }) => Date.parse(builtAt))
    .filter(time => time >= EARLIEST);
  return times.length > 0 ? Math.max(...times) : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
