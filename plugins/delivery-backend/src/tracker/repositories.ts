import {
  type Application,
  repositoriesOf,
} from '@landfall/backstage-plugin-delivery-common';

const known = new WeakMap<Application, readonly string[]>();

/**
 * The image repositories of an application, each once and
 * sorted. Finding them parses every
 * image reference of it, and several steps of one transaction ask.
 *
 * @internal
 */
export function imageRepositoriesOf(
  application: Application,
): readonly string[] {
  let repositories = known.get(application);
  if (!repositories) {
    repositories = repositoriesOf(application);
    known.set(application, repositories);
  }
  return repositories;
}
