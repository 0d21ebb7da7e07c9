import { type Semver, compareSemver, parseSemver } from '../semver/version';
import { type Platform, parsePlatform } from '../tags/platform';
import type { UpdateStrategy } from '../tags/strategy';
import { compareText } from '../text';
import { nanosecondsOf } from './time';
import type { RegistryVersion } from './types';

/** A version with what its texts say, read once for many policies. */
export interface ReadVersion {
  version: RegistryVersion;
  semver?: Semver;
  /** Nanoseconds since the epoch; of the push where the build isn't known, 0 where neither is. */
  builtAt: bigint;
  /** The date is that of the build. */
  isBuildDate: boolean;
  platforms?: readonly Platform[];
}

export function readVersion(version: RegistryVersion): ReadVersion {
  const { tag, builtAt, pushedAt, platforms } = version;
  const built = builtAt === undefined ? undefined : nanosecondsOf(builtAt);
  const pushed = pushedAt === undefined ? undefined : nanosecondsOf(pushedAt);
  return {
    version,
    semver: parseSemver(tag),
    builtAt: built ?? pushed ?? 0n,
    isBuildDate: built !== undefined,
    platforms: platforms?.map(
      text =>
        parsePlatform(text) ?? { os: text, architecture: '', variant: '' },
    ),
  };
}

/**
 * The order of a strategy: the last one of those that are accepted is chosen.
 * Versions that are equal by semver, and images of one build, are ordered by
 * the names of their tags; what is no version comes first.
 */
export function compareVersions(
  strategy: UpdateStrategy,
  a: ReadVersion,
  b: ReadVersion,
): number {
  return (
    byStrategy(strategy, a, b) || compareText(a.version.tag, b.version.tag)
  );
}

function byStrategy(
  strategy: UpdateStrategy,
  a: ReadVersion,
  b: ReadVersion,
): number {
  if (strategy === 'semver') {
    return a.semver && b.semver
      ? compareSemver(a.semver, b.semver)
      : Number(a.semver !== undefined) - Number(b.semver !== undefined);
  }
  if (strategy === 'newest-build' && a.builtAt !== b.builtAt) {
    return a.builtAt < b.builtAt ? -1 : 1;
  }
  return 0;
}
