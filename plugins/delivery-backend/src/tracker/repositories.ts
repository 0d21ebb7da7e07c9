import {
  type Application,
  type DeliveryState,
  type ImageUpdaterResource,
  listsImages,
  policyFor,
  repositoriesOf,
  strategyOf,
  UPDATE_STRATEGIES,
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
  const repositories = imageRepositoriesOf(application, imageUpdaters);
  if (!mayReadMetadata(application, imageUpdaters)) {
    return repositories.map(repository => ({ repository, needsBuilds: false }));
  }
  return repositories.map(repository => {
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

/** Present and former names of the strategies for which builds are needed. */
const METADATA_STRATEGIES = UPDATE_STRATEGIES.filter(
  ({ readsMetadata }) => readsMetadata,
).flatMap(({ name, formerName }) => [
  name,
  ...(formerName ? [formerName] : []),
]);

/**
 * Whether the settings name such a strategy anywhere. Most don't, and then nobody has
 * to read them, which takes longer than all else about the application's repositories.
 */
function mayReadMetadata(
  { annotations }: Application,
  imageUpdaters: readonly ImageUpdaterResource[],
): boolean {
  return [
    ...Object.values(annotations),
    ...imageUpdaters.map(({ spec }) => JSON.stringify(spec)),
  ].some(text => {
    const lower = text.toLowerCase();
    return METADATA_STRATEGIES.some(name => lower.includes(name));
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
