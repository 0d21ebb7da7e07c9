import semver from 'semver';
import { repositoryPath } from '../images';
import type { Application } from '../model/application';
import type { ImageVersion } from '../model/promotion';
import { updaterImages, type UpdaterImage } from '../updater';
import type { KnownImage } from './types';

/**
 * The version that the Image Updater would write for an image that was pushed,
 * if it may take it; undefined if it doesn't take it, or if that can't be told
 * from the application's annotations: then only a commit or a sync will show.
 *
 * Whether the version is newer than what runs is `comesAfter`'s to say.
 *
 * @internal
 */
export function mayBePromoted(
  application: Application,
  image: KnownImage,
): ImageVersion | undefined {
  const entry = entryFor(application, image.repository);
  // Filters are Go expressions, which aren't evaluated here.
  if (!entry || entry.allowTags || entry.ignoreTags) {
    return undefined;
  }
  switch (entry.strategy) {
    case 'semver': {
      const tags = image.tags
        .filter(tag => admits(entry.constraint, tag))
        .sort((a, b) => semver.compareLoose(b, a) || (a < b ? -1 : 1));
      return tags.length ? { tag: tags[0], digest: image.digest } : undefined;
    }
    case 'digest':
      return entry.constraint && image.tags.includes(entry.constraint)
        ? { tag: entry.constraint, digest: image.digest }
        : undefined;
    case 'newest-build':
    case 'alphabetical': {
      const tags = [...image.tags].sort();
      return tags.length
        ? { tag: tags[tags.length - 1], digest: image.digest }
        : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * What a reference is written with, for the ids of promotions: a digest only
 * under the strategy that follows digests.
 *
 * @internal
 */
export function asWritten(
  application: Application,
  repository: string,
  version: ImageVersion,
): ImageVersion {
  return entryFor(application, repository)?.strategy === 'digest' ||
    !version.tag
    ? version
    : { tag: version.tag };
}

/**
 * A version with the time that stands for its age where names have no order.
 *
 * @internal
 */
export interface DatedVersion {
  version: ImageVersion;
  at?: string;
}

/**
 * Whether the Image Updater would take `a` over `b`, by the order of the
 * application's strategy. Tags without such an order come after nothing.
 *
 * @internal
 */
export function comesAfter(
  application: Application,
  repository: string,
  a: DatedVersion,
  b: DatedVersion,
): boolean {
  const strategy = entryFor(application, repository)?.strategy;
  if (strategy === 'newest-build' || strategy === 'digest') {
    return a.at !== undefined && b.at !== undefined && a.at > b.at;
  }
  const [tag, other] = [a.version.tag, b.version.tag];
  if (!tag || !other) {
    return false;
  }
  if (strategy === 'alphabetical') {
    return tag > other;
  }
  const version = semver.parse(tag, { loose: true });
  const than = semver.parse(other, { loose: true });
  return version !== null && (than === null || version.compare(than) > 0);
}

function entryFor(
  application: Application,
  repository: string,
): UpdaterImage | undefined {
  const entries = updaterImages(application.annotations);
  return entries.find(entry => entry.repository === repository);
}

/** A constraint that isn't understood admits every version: it can't be told. */
function admits(constraint: string | undefined, tag: string): boolean {
  const version = semver.parse(tag, { loose: true });
  if (!version) {
    return false;
  }
  if (!constraint) {
    return version.prerelease.length === 0;
  }
  const range = semver.validRange(constraint, { loose: true });
  return range === null || semver.satisfies(version, range, { loose: true });
}

/**
 * Whether a version was already passed by as lower one: used to tell a return to
 * an earlier version from an update.
 *
 * @internal
 */
export function isLower(a: ImageVersion, b: ImageVersion): boolean {
  const version = a.tag ? semver.parse(a.tag, { loose: true }) : null;
  const than = b.tag ? semver.parse(b.tag, { loose: true }) : null;
  return version !== null && than !== null && version.compare(than) < 0;
}

/**
 * Whether two repositories hold the same image, by the name without the
 * registry: it is then the same image moved to another registry.
 *
 * @internal
 */
export function isSameImageElsewhere(a: string, b: string): boolean {
  const last = (repository: string) =>
    repositoryPath(repository).split('/').pop();
  return a !== b && last(a) === last(b);
}
