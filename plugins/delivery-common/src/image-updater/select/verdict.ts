import { PolicyError } from '../problem';
import type { StrategyName } from '../strategies/UpdateStrategy';
import { platformText } from '../tags/platform';
import type { CompiledPolicy } from './CompiledPolicy';
import { ageOf, type ReadVersion, wantedBuilds } from './readVersion';
import type { VerdictCode, VerdictReason, VersionVerdict } from './types';

/** Why a tag is rejected by its name alone, before its image is read. */
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
 * Why a version is rejected, other than because another one comes after it.
 *
 * @param ofTag - why its tag is rejected by its name alone
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

/** Why a version is rejected because of its builds. */
function refusalOfBuilds(
  { strategy, platforms }: CompiledPolicy,
  { builds }: ReadVersion,
): VerdictCode | undefined {
  if (!builds) {
    return undefined;
  }
  const wanted = wantedBuilds(platforms, builds);
  if (wanted.length === 0) {
    // The updater can't read an empty index.
    return builds.length === 0 ? 'unreadable' : 'platform-missing';
  }
  return strategy.needsBuildDate(builds.length) &&
    wanted.some(({ isUnreadable }) => isUnreadable)
    ? 'unreadable'
    : undefined;
}

/** Why the order of a strategy prefers another version. */
const OLDER = {
  semver: 'verdict.lower',
  'newest-build': 'verdict.built-before',
  alphabetical: 'verdict.sorts-before',
  digest: 'verdict.sorts-before',
} as const satisfies Record<StrategyName, string>;

/** Why the names decide if a strategy has no order for two versions. */
const EQUAL = {
  semver: 'verdict.same-version',
  'newest-build': 'verdict.built-together',
  alphabetical: 'verdict.sorts-before',
  digest: 'verdict.sorts-before',
} as const satisfies Record<StrategyName, string>;

function reasonOfOlder(
  { strategy, platforms }: CompiledPolicy,
  read: ReadVersion,
  chosen: ReadVersion,
): VerdictReason {
  const parameters = { chosen: chosen.version.tag };
  const hasBuildDates = [read, chosen].every(
    version => ageOf(platforms, version).isBuildDate,
  );
  if (strategy.goesByBuildDate && !hasBuildDates) {
    return { code: 'verdict.seems-older', parameters };
  }
  const reasons = strategy.compare(read, chosen, platforms) ? OLDER : EQUAL;
  return { code: reasons[strategy.name], parameters };
}

interface Judged {
  policy: CompiledPolicy;
  read: ReadVersion;
  /** The version that is chosen instead. */
  chosen?: ReadVersion;
}

const REASONS: Record<VerdictCode, (judged: Judged) => VerdictReason> = {
  chosen: () => ({ code: 'verdict.chosen', parameters: {} }),
  'image-name-invalid': ({ policy }) => ({
    code: 'verdict.image-name-invalid',
    parameters: { message: policy.unusable?.message ?? '' },
  }),
  'constraint-missing': ({ policy }) => ({
    code: 'verdict.constraint-missing',
    parameters: { message: policy.unusable?.message ?? '' },
  }),
  'constraint-invalid': ({ policy: { range } }) => ({
    code: 'verdict.constraint-invalid',
    parameters: { message: range instanceof PolicyError ? range.message : '' },
  }),
  'not-allowed': ({ policy }) => {
    const { allowTags } = policy.policy;
    return {
      code: allowTags.toLowerCase().startsWith('regexp:')
        ? 'verdict.not-allowed'
        : 'verdict.allow-tags-unreadable',
      parameters: { allowTags },
    };
  },
  ignored: ({ policy, read }) => ({
    code: 'verdict.ignored',
    parameters: { pattern: policy.ignoredBy(read.version.tag) ?? '' },
  }),
  'not-followed': ({ policy }) => ({
    code: 'verdict.not-followed',
    parameters: { tag: policy.constraint },
  }),
  unreadable: () => ({ code: 'verdict.unreadable', parameters: {} }),
  'platform-missing': ({ policy, read }) => {
    const wanted = policy.platformText;
    const found = (read.builds ?? [])
      .flatMap(({ platform }) => (platform ? platformText(platform) : []))
      .join(', ');
    return found
      ? { code: 'verdict.platform-missing', parameters: { found, wanted } }
      : { code: 'verdict.platforms-unknown', parameters: { wanted } };
  },
  'not-semver': () => ({ code: 'verdict.not-semver', parameters: {} }),
  prerelease: ({ policy: { constraint } }) =>
    constraint === ''
      ? { code: 'verdict.prerelease-unconstrained', parameters: {} }
      : { code: 'verdict.prerelease', parameters: { constraint } },
  'outside-constraint': ({ policy: { constraint } }) => ({
    code: 'verdict.outside-constraint',
    parameters: { constraint },
  }),
  older: ({ policy, read, chosen }) =>
    chosen === undefined
      ? { code: 'verdict.older', parameters: {} }
      : reasonOfOlder(policy, read, chosen),
  duplicate: () => ({ code: 'verdict.duplicate', parameters: {} }),
  untagged: () => ({ code: 'verdict.untagged', parameters: {} }),
};

/** A verdict with its reason. */
export function verdictOf(
  policy: CompiledPolicy,
  read: ReadVersion,
  code: VerdictCode,
  chosen?: ReadVersion,
): VersionVerdict {
  return {
    tag: read.version.tag,
    code,
    reason: REASONS[code]({ policy, read, chosen }),
  };
}
