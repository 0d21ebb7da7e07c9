import {
  type Application,
  type DeliveryState,
  type ImageUpdaterResource,
  listsImages,
  policyFor,
  repositoriesOf,
  strategyOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { UsedRepository } from '../store/operations/applications/saveApplications';
import { isKeyText, MAX_BYTES } from '../store/text';

interface Known {
  imageUpdaters: readonly ImageUpdaterResource[];
  repositories: readonly string[];
}

const NONE: readonly ImageUpdaterResource[] = [];
const known = new WeakMap<Application, Known>();

/**
 * The image repositories of an application, each once and sorted. Finding them
 * parses every image reference of it, and several steps of one transaction ask.
 *
 * @internal
 * @param imageUpdaters - those that may select it
 */
export function imageRepositoriesOf(
  application: Application,
  imageUpdaters: readonly ImageUpdaterResource[],
): readonly string[] {
  // Those that only enable annotations add nothing.
  const naming = imageUpdaters.some(listsImages) ? imageUpdaters : NONE;
  let found = known.get(application);
  if (found?.imageUpdaters !== naming) {
    found = {
      imageUpdaters: naming,
      repositories: repositoriesOf(application, naming).filter(repository =>
        isKeyText(repository, MAX_BYTES.repository),
      ),
    };
    known.set(application, found);
  }
  return found.repositories;
}

/**
 * The image repositories of an application, with what is to be read of them for
 * its policies.
 *
 * @internal
 */
export function usedRepositoriesOf({
  application,
  imageUpdaters,
}: DeliveryState): UsedRepository[] {
  if (!application) {
    return [];
  }
  return imageRepositoriesOf(application, imageUpdaters).map(repository => {
    const { followed } = policyFor({
      application,
      repository,
      updaters: imageUpdaters,
    });
    return {
      repository,
      needsBuilds: followed.some(
        ({ policy }) => strategyOf(policy).readsMetadata,
      ),
    };
  });
}

/**
 * Whether `usedRepositoriesOf` may differ: answered without reading policies,
 * since most observations change nothing of what they follow from.
 *
 * @internal
 */
export function mayUseOthers(
  before: DeliveryState,
  after: DeliveryState,
): boolean {
  // Resources that were observed are stored already, so both states have their content.
  return (
    before.imageUpdaters !== after.imageUpdaters ||
    JSON.stringify(usedOf(before)) !== JSON.stringify(usedOf(after))
  );
}

function usedOf({ application, imageUpdaters }: DeliveryState) {
  return (
    application && [
      imageRepositoriesOf(application, imageUpdaters),
      application.annotations,
      // By these, resources select applications.
      application.labels,
    ]
  );
}
