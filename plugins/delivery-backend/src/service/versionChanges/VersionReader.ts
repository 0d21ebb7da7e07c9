import {
  type Application,
  holdTargetOf,
  type HoldTarget,
  isImageHeld,
  policyFor,
  type RepositoryPolicy,
  selectVersion,
  type VersionPlaces,
  versionPlaces,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  imageUpdatersFor,
  readImageUpdaters,
} from '../../store/operations/imageUpdaters';
import { readRevisions } from '../../store/operations/revisions';
import { readTaggedImages } from '../../store/operations/taggedImages';
import { revisionsOf, updaterCommits } from '../stuckEvidence';
import { versionListOf } from '../VersionLists';

/**
 * What decides about the version of an image of an application.
 *
 * @internal
 */
export interface VersionFacts {
  policy: RepositoryPolicy;
  /** The Image Updater is told to leave the image alone. */
  isHeld: boolean;
  /** The tag that the Image Updater would set now, if nothing held it. */
  updaterTag?: string;
  /** @throws VersionChangeError */
  places(): VersionPlaces;
  /** @throws VersionChangeError */
  holdTarget(): HoldTarget | undefined;
}

/**
 * Reads it from the store.
 *
 * @internal
 */
export async function readVersionFacts(
  knex: Knex,
  application: Application,
  repository: string,
  options: { updaterPlatform?: string } = {},
): Promise<VersionFacts> {
  const { ref } = application;
  const updaters = await readImageUpdaters(knex, [ref]);
  const revisions = await readRevisions(knex, revisionsOf(application));
  const policy = policyFor({
    application,
    repository,
    updaters: imageUpdatersFor(updaters, ref),
    updaterCommittedAt: updaterCommits(revisions)(application),
    updaterPlatform: options.updaterPlatform,
  });
  const [followed] = policy.followed;
  const images = await readTaggedImages(knex, [repository]);
  const list = versionListOf(images.get(repository) ?? []);
  const chosen =
    policy.state === 'managed' && followed
      ? selectVersion(followed.compiled, list).chosen?.tag
      : undefined;
  return {
    policy,
    isHeld: isImageHeld(policy),
    ...(chosen !== undefined && { updaterTag: chosen }),
    places: () => versionPlaces(application, repository, policy),
    holdTarget: () => holdTargetOf(application, repository, policy),
  };
}
