import { parseContainerImage } from './image/image';
import { policyRepository } from './settings/images';
import { settingsFor, type UpdatedApplication } from './settingsFor';
import type { ImageUpdaterResource } from './types';

/**
 * Image repositories (with registry host) that ImageUpdater resources name for
 * an application by themselves, whether it runs them or not. What annotations
 * name is `repositoriesOf`'s to say.
 */
export function updaterRepositories(
  application: UpdatedApplication,
  updaters: readonly ImageUpdaterResource[],
): string[] {
  const listing = updaters.filter(listsImages);
  if (listing.length === 0) {
    return [];
  }
  return sortedOnce(
    settingsFor(application, listing).selecting.flatMap(({ settings }) =>
      settings.images.map(policyRepository),
    ),
  );
}

/**
 * Whether an ImageUpdater resource lists images by itself, and doesn't only
 * enable annotations.
 *
 * @public
 */
export function listsImages({ spec }: ImageUpdaterResource): boolean {
  return (spec.applicationRefs ?? []).some(({ images }) => images?.length);
}

/**
 * All image repositories (with registry host) that stand in ImageUpdater
 * resources, for whichever applications.
 *
 * @public
 */
export function listedRepositories(
  updaters: readonly ImageUpdaterResource[],
): string[] {
  return sortedOnce(
    updaters
      .flatMap(({ spec }) => spec.applicationRefs ?? [])
      .flatMap(({ images }) => images ?? [])
      .map(({ imageName }) =>
        policyRepository({ image: parseContainerImage(imageName) }),
      ),
  );
}

function sortedOnce(repositories: readonly (string | undefined)[]): string[] {
  return [
    ...new Set(repositories.flatMap(repository => repository ?? [])),
  ].sort();
}
