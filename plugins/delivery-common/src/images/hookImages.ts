import type { Application } from '../model/application';
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

/**
 * The images that an application runs, for people. An image that only hooks of the
 * latest operation have is left out where another one of its repository runs: the pods
 * of a hook end with it, or stay behind when it fails.
 *
 * @public
 */
export function imagesWithoutHookPods({
  images,
  operation,
}: Pick<Application, 'images' | 'operation'>): string[] {
  const ofHooks = new Set(operation?.hookImages);
  const carried = new Set(
    images.filter(image => !ofHooks.has(image)).map(repositoryOf),
  );
  return images.filter(
    image => !ofHooks.has(image) || !carried.has(repositoryOf(image)),
  );
}

function repositoryOf(image: string): string {
  return parseImageReference(image)?.repository ?? image;
}
