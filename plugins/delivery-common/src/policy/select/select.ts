import { parseConstraint } from '../semver/constraint';
import { type Semver, compareSemver, parseSemver } from '../semver/version';
import type { TagFilter } from '../tags/allowTags';
import { globMatches } from '../tags/glob';
import type { UpdateStrategy } from '../tags/strategy';
import { compareText } from '../text';

/** Which tags of a repository an image may be updated to, and which of them is the newest. */
export interface TagPolicy {
  strategy: UpdateStrategy;
  /** A version constraint; for `digest`, the tag that is followed. Empty: none. */
  constraint: string;
  allows: TagFilter;
  /** Globs of tags that don't count. */
  ignore: readonly string[];
}

/** A tag that a policy lets through. */
export interface CandidateTag {
  name: string;
  /** When the image was built, in nanoseconds since the epoch; 0 where the strategy doesn't ask. */
  builtAt: bigint;
  /** Only with the strategy `digest`. */
  digest: string;
}

/** What a policy chooses; without a tag, `warning` says why there is none. */
export type Selection =
  | { tag: CandidateTag }
  | { tag: undefined; warning: string };

/** The tags of a list that allow-tags, ignore-tags and, for `digest`, the followed tag leave. */
export function filterTags(
  tags: readonly string[],
  policy: TagPolicy,
): string[] {
  return [...new Set(tags)].filter(
    tag =>
      policy.allows(tag) &&
      !policy.ignore.some(pattern => globMatches(pattern, tag)) &&
      (policy.strategy !== 'digest' || tag === policy.constraint),
  );
}

/**
 * The tag that the updater sets, whatever runs now: it may be older.
 *
 * @param image - full name of the image, for the warning
 * @throws Error for a constraint that can't be read, if there is a version at all to hold against it
 */
export function selectTag(
  image: string,
  candidates: readonly CandidateTag[],
  policy: TagPolicy,
): Selection {
  if (candidates.length === 0) {
    return none(`no tags found for image ${image} in registry`);
  }
  if (policy.strategy === 'semver') {
    return selectVersion(image, candidates, policy.constraint);
  }
  const followed =
    policy.strategy === 'digest'
      ? candidates.filter(({ name }) => name === policy.constraint)
      : candidates;
  const newest = [...followed].sort(
    (a, b) =>
      (policy.strategy === 'newest-build'
        ? compare(a.builtAt, b.builtAt)
        : 0) || compareText(a.name, b.name),
  );
  return chosen(image, newest, policy.constraint);
}

function selectVersion(
  image: string,
  candidates: readonly CandidateTag[],
  constraint: string,
): Selection {
  const versions = candidates
    .map(tag => ({ tag, version: parseSemver(tag.name) }))
    .filter(
      (entry): entry is { tag: CandidateTag; version: Semver } =>
        entry.version !== undefined,
    );
  if (versions.length === 0) {
    return none(`no tags for image ${image} matched by the semver strategy`);
  }
  // Without a constraint, prereleases are still left out.
  const accepts = parseConstraint(constraint || '*');
  const accepted = versions
    .filter(({ version }) => accepts(version))
    .sort(
      (a, b) =>
        compareSemver(a.version, b.version) ||
        compareText(a.tag.name, b.tag.name),
    )
    .map(({ tag }) => tag);
  return chosen(image, accepted, constraint);
}

function chosen(
  image: string,
  ordered: readonly CandidateTag[],
  constraint: string,
): Selection {
  const tag = ordered.at(-1);
  return tag
    ? { tag }
    : none(`no tags for image ${image} matched constraint "${constraint}"`);
}

function none(warning: string): Selection {
  return { tag: undefined, warning };
}

function compare(a: bigint, b: bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
