import {
  type Application,
  type DeliveryState,
  needsMetadata,
  repositoriesOf,
  updaterEvidence,
} from '@landfall/backstage-plugin-delivery-common';

import type { UsedRepository } from '../store/operations/applications/saveApplications';

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
  return imageRepositoriesOf(application).map(repository => {
    const { policy } = updaterEvidence(application, repository, imageUpdaters);
    return {
      repository,
      needsBuilds: policy !== undefined && needsMetadata(policy.strategy),
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

function usedOf({ application }: DeliveryState) {
  return (
    application && [imageRepositoriesOf(application), application.annotations]
  );
}
