import { parseContainerImage } from './image/image';
import { policyRepository } from './settings/images';
import { settingsFor } from './settingsFor';
import type { ImageUpdaterResource, UpdatedApplication } from './types';

/**
 * Image repositories (with registry host) that ImageUpdater resources
 * themselves list for an application, whether it runs them or not. For those
 * referenced by annotations, see `repositoriesOf`.
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
 * Whether an ImageUpdater resource lists images itself instead of only enabling
 * annotations.
 *
 * @public
 */
export function listsImages({ spec }: ImageUpdaterResource): boolean {
  return (spec.applicationRefs ?? []).some(({ images }) => images?.length);
}

/**
 * All image repositories (with registry host) that ImageUpdater resources list,
 * for any application.
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
