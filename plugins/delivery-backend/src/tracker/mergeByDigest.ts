import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';

/**
 * The images of a repository, each digest once, with the tags of all that have it:
 * a registry whose pages shift while they are read lists an image twice. What else
 * is told of it is taken from the last.
 *
 * @internal
 */
export function mergeByDigest(
  images: readonly RegistryImage[],
): RegistryImage[] {
  const merged = new Map<string, RegistryImage>();
  for (const image of images) {
    const before = merged.get(image.digest);
    merged.set(
      image.digest,
      before
        ? { ...image, tags: [...new Set([...before.tags, ...image.tags])] }
        : image,
    );
  }
  return [...merged.values()];
}
