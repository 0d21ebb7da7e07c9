import type { ImageBuild } from '../../model/image';
import { type Semver, parseSemver } from '../semver/version';
import { type Platform, parsePlatform, wantsPlatform } from '../tags/platform';
import { nanosecondsOf } from './time';
import type { RegistryVersion } from './types';

/**
 * An image build with platform and date parsed.
 *
 * @public
 */
export interface ReadBuild {
  /** Undefined: not known. */
  platform?: Platform;
  /** Nanoseconds since the epoch. */
  at?: bigint;
  /** Its date is empty or can't be parsed. */
  isUnreadable: boolean;
}

/**
 * The data that a version's age is derived from.
 *
 * @public
 */
export interface ReadAge {
  /** Nanoseconds since the epoch. */
  pushedAt?: bigint;
  builds?: readonly ReadBuild[];
}

/**
 * A version with its tag and dates parsed, once for many policies.
 *
 * @public
 */
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

/**
 * The builds of a version that a policy considers. They include builds of an
 * unknown platform, which may match.
 */
export function wantedBuilds(
  platforms: readonly Platform[],
  builds: readonly ReadBuild[],
): readonly ReadBuild[] {
  return builds.filter(
    ({ platform }) => !platform || wantsPlatform(platforms, platform),
  );
}

/**
 * How old a version is, by its builds or its push.
 *
 * @public
 */
export interface BuildAge {
  /** Nanoseconds since the epoch; 0 if nothing is known. */
  at: bigint;
  /** `at` is the date of a build, not of the push. */
  isBuildDate: boolean;
}

/**
 * The date of a version's latest build for some platforms, as the updater
 * compares it. The push time replaces an unknown build date.
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
