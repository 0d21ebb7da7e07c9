import type { ImageBuild } from '../../model/image';
import { type Semver, parseSemver } from '../semver/version';
import { type Platform, parsePlatform, wantsPlatform } from '../tags/platform';
import { nanosecondsOf } from './time';
import type { RegistryVersion } from './types';

/** A build with what its texts say. */
interface ReadBuild {
  /** Undefined: not known. */
  platform?: Platform;
  /** Nanoseconds since the epoch. */
  at?: bigint;
  /** It has a date that says nothing, or none. */
  isUnreadable: boolean;
}

/** What says how old a version is. */
interface ReadAge {
  /** Nanoseconds since the epoch. */
  pushedAt?: bigint;
  builds?: readonly ReadBuild[];
}

/** A version with what its texts say, read once for many policies. */
export interface ReadVersion extends ReadAge {
  version: RegistryVersion;
  semver?: Semver;
}

export function readVersion(version: RegistryVersion): ReadVersion {
  return {
    version,
    semver: parseSemver(version.tag),
    ...readAge(version),
  };
}

export function readAge({
  pushedAt,
  builds,
}: Pick<RegistryVersion, 'pushedAt' | 'builds'>): ReadAge {
  return {
    pushedAt: pushedAt === undefined ? undefined : nanosecondsOf(pushedAt),
    builds: builds?.map(readBuild),
  };
}

function readBuild({ platform, builtAt }: ImageBuild): ReadBuild {
  const at = builtAt === undefined ? undefined : nanosecondsOf(builtAt);
  return {
    ...(platform !== undefined && {
      platform: parsePlatform(platform) ?? {
        os: platform,
        architecture: '',
        variant: '',
      },
    }),
    at,
    isUnreadable: builtAt !== undefined && at === undefined,
  };
}

/** Of a version's builds those that a policy looks at; one of an unknown platform may be. */
export function wantedBuilds(
  platforms: readonly Platform[],
  builds: readonly ReadBuild[],
): readonly ReadBuild[] {
  return builds.filter(
    ({ platform }) => !platform || wantsPlatform(platforms, platform),
  );
}

/**
 * How old a version is, as far as builds tell.
 *
 * @public
 */
export interface BuildAge {
  /** Nanoseconds since the epoch; 0 where nothing is known. */
  at: bigint;
  /** It is the date of a build, not that of the push. */
  isBuildDate: boolean;
}

/**
 * When the latest of a version's builds for some platforms was made, as the
 * updater takes it; the time of the push stands in for what isn't known.
 */
export function ageOf(
  platforms: readonly Platform[],
  { builds, pushedAt }: ReadAge,
): BuildAge {
  const dates = wantedBuilds(platforms, builds ?? []).flatMap(
    ({ at }) => at ?? [],
  );
  return dates.length > 0
    ? { at: dates.reduce((a, b) => (a > b ? a : b)), isBuildDate: true }
    : { at: pushedAt ?? 0n, isBuildDate: false };
}
