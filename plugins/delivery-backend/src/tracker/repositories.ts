import {
  type Application,
  type DeliveryState,
  type ImageUpdaterResource,
  listsImages,
  policyFor,
  repositoriesOf,
  strategyOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { UsedRepository } from '../store/operations/saveApplications';
import { isKeyText, MAX_BYTES } from '../store/text';

interface Known {
  imageUpdaters: readonly ImageUpdaterResource[];
  repositories: readonly string[];
}

const NONE: readonly ImageUpdaterResource[] = [];
const known = new WeakMap<Application, Known>();

/**
 * The image repositories of an application, each once and sorted. They are
 * cached: finding them parses every image reference of the application, and
 * several steps of one transaction need them.
 *
 * @internal
 * @param imageUpdaters - resources that may select the application
 */
export function imageRepositoriesOf(
  application: Application,
  imageUpdaters: readonly ImageUpdaterResource[],
): readonly string[] {
  // Resources that only enable annotations add no repositories.
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
 * The image repositories of an application, and whether its policies need the
 * builds of their images.
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
      // Which version of an image runs doesn't decide.
      application: { ...application, images: undefined },
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
 * Whether the result of `usedRepositoriesOf` may differ. It compares only the
 * inputs and reads no policies, since most observations change none of the inputs.
 *
 * @internal
 */
export function mayUseOthers(
  before: DeliveryState,
  after: DeliveryState,
): boolean {
  // Compare identity, not content: observed resources are stored before they are
  // reduced, so both states have the same content.
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
      // ImageUpdaters select applications by their labels.
      application.labels,
      application.sourceTypes,
    ]
  );
}
