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
import { readDetailsWithScans } from '../imageDetails';
import { revisionsOf, updaterCommits } from '../stuckEvidence';
import { versionListOf } from '../VersionLists';
import { versionsByRepository } from '../versionsByRepository';

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
  /**
   * The Image Updater updates the image, but what it would set isn't known: the last
   * read of the repository found no versions, or not the one that runs.
   */
  isUnpredictable: boolean;
  /** The last read of the repository found other versions, but not the one to set. */
  isMissing?: boolean;
  /** Of the version to set, as far as its registry knows. */
  findings?: Record<string, number>;
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
  options: { tag?: string; updaterPlatform?: string } = {},
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
  const tagged = await readTaggedImages(knex, [repository]);
  const images = tagged.get(repository) ?? [];
  const list = versionListOf(images);
  const { tag } = options;
  const running = runningTags(application, repository);
  const image = images.find(
    ({ tags }) => tag !== undefined && tags.includes(tag),
  );
  const findings = image && (await readFindings(knex, image));
  const chosen =
    policy.state === 'managed' && followed
      ? selectVersion(followed.compiled, list).chosen?.tag
      : undefined;
  return {
    policy,
    isHeld: isImageHeld(policy),
    isUnpredictable:
      policy.state === 'managed' &&
      (images.length === 0 ||
        !running.every(version =>
          images.some(({ tags }) => tags.includes(version)),
        )),
    isMissing: tag !== undefined && images.length > 0 && image === undefined,
    ...(chosen !== undefined && { updaterTag: chosen }),
    ...(findings && { findings }),
    places: () => versionPlaces(application, repository, policy),
    holdTarget: () => holdTargetOf(application, repository, policy),
  };
}

function runningTags(application: Application, repository: string): string[] {
  const running =
    versionsByRepository(application.images).get(repository) ?? [];
  return running.flatMap(version => version.tag ?? []);
}

async function readFindings(
  knex: Knex,
  { repository, digest }: { repository: string; digest: string },
): Promise<Record<string, number> | undefined> {
  const detailsOf = await readDetailsWithScans(knex, [{ repository, digest }]);
  return detailsOf(repository, digest).scan?.severities;
}
