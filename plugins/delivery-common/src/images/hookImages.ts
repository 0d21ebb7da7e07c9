import { parseImageReference } from './reference';

/**
 * The images of manifests, each once. Of those of sync hooks, only images of
 * repositories that nothing else carries: a hook, such as a migration, may have any
 * version of what runs, and its pods end with the sync.
 *
 * @param live - images that run, perhaps those of hooks, too
 *
 * @public
 */
export function withoutHookImages({
  images,
  hookImages,
  live = [],
}: {
  images: readonly string[];
  hookImages: readonly string[];
  live?: readonly string[];
}): string[] {
  const carried = new Set(
    [...images, ...live.filter(image => !hookImages.includes(image))].map(
      repositoryOf,
    ),
  );
  return [
    ...new Set([
      ...images,
      ...hookImages.filter(image => !carried.has(repositoryOf(image))),
    ]),
  ];
}

function repositoryOf(image: string): string {
  return parseImageReference(image)?.repository ?? image;
}
