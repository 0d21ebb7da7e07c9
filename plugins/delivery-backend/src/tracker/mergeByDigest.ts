import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';

/**
 * Merges images with the same digest: a registry may list an image twice if its
 * pages shift during the read. A merged image has the tags of all its entries.
 * The last entry provides everything else.
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
