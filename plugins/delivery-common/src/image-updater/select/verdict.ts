import { PolicyError } from '../problem';
import type { StrategyName } from '../strategies/UpdateStrategy';
import { platformText } from '../tags/platform';
import type { CompiledPolicy } from './CompiledPolicy';
import { type ReadVersion, wantedBuilds } from './readVersion';
import type { VerdictCode, VersionVerdict } from './types';

/** Why a tag is passed over by its name alone, before anything is read of its image. */
export function refusalOfTag(
  policy: CompiledPolicy,
  tag: string,
): VerdictCode | undefined {
  if (!policy.allows(tag)) {
    return 'not-allowed';
  }
  if (policy.ignoredBy(tag) !== undefined) {
    return 'ignored';
  }
  return policy.follows(tag) ? undefined : 'not-followed';
}

/**
 * Why a version is passed over, other than for one that comes after it.
 *
 * @param ofTag - why its tag is, by its name alone
 */
export function refusalOf(
  policy: CompiledPolicy,
  read: ReadVersion,
  ofTag: VerdictCode | undefined,
): VerdictCode | undefined {
  const { version, semver } = read;
  if (policy.unusable) {
    return policy.unusable.code === 'constraint-missing'
      ? 'constraint-missing'
      : 'image-name-invalid';
  }
  if (ofTag) {
    return ofTag;
  }
  if (policy.strategy.readsMetadata) {
    const refusal = version.unreadable
      ? 'unreadable'
      : refusalOfBuilds(policy, read);
    if (refusal) {
      return refusal;
    }
  }
  const { range } = policy;
  if (!range) {
    return undefined;
  }
  if (!semver) {
    return 'not-semver';
  }
  if (range instanceof PolicyError) {
    return 'constraint-invalid';
  }
  if (range(semver)) {
    return undefined;
  }
  return range(semver, true) ? 'prerelease' : 'outside-constraint';
}

/** Why a version is passed over for what its images are. */
function refusalOfBuilds(
  { strategy, platforms }: CompiledPolicy,
  { builds }: ReadVersion,
): VerdictCode | undefined {
  if (!builds) {
    return undefined;
  }
  const wanted = wantedBuilds(platforms, builds);
  if (wanted.length === 0) {
    // The updater can't read an index of nothing.
    return builds.length === 0 ? 'unreadable' : 'platform-missing';
  }
  return strategy.needsBuildDate(builds.length) &&
    wanted.some(({ isUnreadable }) => isUnreadable)
    ? 'unreadable'
    : undefined;
}

const OLDER: Record<StrategyName, string> = {
  semver: 'lower than',
  'newest-build': 'built before',
  alphabetical: 'sorts before',
  digest: 'sorts before',
};

interface Judged {
  policy: CompiledPolicy;
  read: ReadVersion;
  /** Tag of the version that is chosen instead. */
  chosen?: string;
}

const unusable = ({ policy }: Judged) =>
  policy.unusable?.message ?? 'the policy is unusable';

const WORDS: Record<VerdictCode, (judged: Judged) => string> = {
  chosen: () => 'taken by the policy',
  'image-name-invalid': unusable,
  'constraint-missing': unusable,
  'constraint-invalid': ({ policy: { range } }) =>
    range instanceof PolicyError
      ? `the constraint can't be read: ${range.message}`
      : "the constraint can't be read",
  'not-allowed': ({ policy }) => {
    const { allowTags } = policy.policy;
    return allowTags.toLowerCase().startsWith('regexp:')
      ? `allow-tags ${allowTags} doesn't match it`
      : `allow-tags can't be read: ${allowTags}`;
  },
  ignored: ({ policy, read }) =>
    `ignore-tags ${policy.ignoredBy(read.version.tag)} matches it`,
  'not-followed': ({ policy }) =>
    `not the tag ${policy.constraint}, whose digest is followed`,
  unreadable: () => 'its manifest or its build date could not be read',
  'platform-missing': ({ policy, read }) =>
    `not for ${policy.platformText}, but for ${
      read.builds
        ?.flatMap(({ platform }) => (platform ? platformText(platform) : []))
        .join(', ') || 'no platform'
    }`,
  'not-semver': () => 'not a semantic version',
  prerelease: ({ policy: { constraint } }) =>
    constraint === ''
      ? 'a prerelease, which only a constraint with a prerelease (as in >=1.0.0-0) lets in'
      : `a prerelease, and the constraint ${constraint} names none`,
  'outside-constraint': ({ policy }) =>
    `outside the constraint ${policy.constraint}`,
  older: ({ policy, chosen }) =>
    chosen === undefined
      ? 'another one comes after it'
      : `${OLDER[policy.strategy.name]} ${chosen}`,
  duplicate: () => 'the tag stands earlier in the list',
  untagged: () => 'without a tag, which the updater does not see',
};

/** A verdict in words. */
export function verdictOf(
  policy: CompiledPolicy,
  read: ReadVersion,
  code: VerdictCode,
  chosen?: string,
): VersionVerdict {
  return {
    tag: read.version.tag,
    code,
    reason: WORDS[code]({ policy, read, chosen }),
  };
}
