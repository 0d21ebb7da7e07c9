import {
  type Application,
  type ImageUpdaterResource,
  listedRepositories,
  repositoriesOf,
} from '@landfall/backstage-plugin-delivery-common';

interface Known {
  imageUpdaters: readonly ImageUpdaterResource[];
  repositories: readonly string[];
}

const NONE: readonly ImageUpdaterResource[] = [];
const known = new WeakMap<Application, Known>();

/**
 * The image repositories of an application, each once and
 * sorted. Finding them parses every
 * image reference of it, and several steps of one transaction ask.
 *
 * @internal
 * @param imageUpdaters - those that may select it
 */
export function imageRepositoriesOf(
  application: Application,
  imageUpdaters: readonly ImageUpdaterResource[],
): readonly string[] {
  // Those that only enable annotations add nothing.
  const naming =
    listedRepositories(imageUpdaters).length > 0 ? imageUpdaters : NONE;
  let found = known.get(application);
  if (found?.imageUpdaters !== naming) {
    found = {
      imageUpdaters: naming,
      repositories: repositoriesOf(application, naming),
    };
    known.set(application, found);
  }
  return found.repositories;
}
