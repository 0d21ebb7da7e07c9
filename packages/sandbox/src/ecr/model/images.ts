import { EcrError } from './errors';
import type { ImageId, ImageRecord, Repository } from './types';

/**
 * The image that an id references: by digest, by tag, or by both if they agree.
 */
export function findImage(
  repository: Repository,
  { imageDigest, imageTag }: ImageId,
): ImageRecord | undefined {
  const tagged =
    imageTag === undefined ? undefined : repository.tags.get(imageTag);
  if (imageTag !== undefined && tagged === undefined) {
    return undefined;
  }
  if (imageDigest !== undefined && tagged !== undefined) {
    return imageDigest === tagged ? repository.images.get(tagged) : undefined;
  }
  const digest = imageDigest ?? tagged;
  return digest === undefined ? undefined : repository.images.get(digest);
}

/** Like {@link findImage}, but throws ECR's `ImageNotFoundException`. */
export function requireImage(repository: Repository, id: ImageId): ImageRecord {
  const image = findImage(repository, id);
  if (!image) {
    const { name } = repository.settings;
    throw new EcrError(
      'ImageNotFoundException',
      `The image ${id.imageTag ?? id.imageDigest} does not exist in ${name}`,
    );
  }
  return image;
}

/** The tags of an image, in the order in which they were added to it. */
export function tagsOf(repository: Repository, digest: string): string[] {
  return [...(repository.tagsByDigest.get(digest) ?? [])];
}

/**
 * Whether a tag can be moved to another image (`imageTagMutability` with its
 * exclusion filters).
 */
export function isTagMutable(repository: Repository, tag: string): boolean {
  const { mutability, exclusionFilters } = repository.settings;
  const excluded =
    mutability.endsWith('_WITH_EXCLUSION') &&
    exclusionFilters.some(({ filter }) => matchesWildcard(filter, tag));
  return mutability.startsWith('MUTABLE') !== excluded;
}

/**
 * Matches a text against a filter. `*` stands for any number of characters,
 * including none.
 */
export function matchesWildcard(filter: string, text: string): boolean {
  const [first, ...rest] = filter.split('*');
  if (rest.length === 0) {
    return text === filter;
  }
  if (!text.startsWith(first)) {
    return false;
  }
  let at = first.length;
  const last = rest[rest.length - 1];
  for (const part of rest.slice(0, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) {
      return false;
    }
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The indexes of a repository that contain an image. */
export function indexesOf(repository: Repository, digest: string): string[] {
  return [...repository.images.values()]
    .filter(image => image.children.includes(digest))
    .map(image => image.digest);
}

/**
 * Images in the order of the registry's lists: by digest, which is no useful
 * order. ECR promises none, and clients must not rely on any.
 */
export function imagesInListOrder(repository: Repository): ImageRecord[] {
  return [...repository.images.values()].sort((a, b) =>
    compareText(a.digest, b.digest),
  );
}

/** Compares by code units, which is the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
