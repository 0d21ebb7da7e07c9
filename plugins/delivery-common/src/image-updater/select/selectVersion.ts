import type { ImageVersion } from '../../model/promotion';
import { fullImageName, tagWithDigest } from '../image/image';
import { PolicyError } from '../problem';
import type { ImagePolicy } from '../settings/images';
import { CompiledPolicy, compilePolicy } from './CompiledPolicy';
import { type Choice, VersionList } from './VersionList';
import { liveImageOf, liveImages, needsUpdate } from './live';
import type {
  RegistryVersion,
  SelectionOutcome,
  VersionSelection,
} from './types';

/**
 * Which of a repository's versions the Image Updater sets for an image, and why
 * it passes over each other one. Neither throws nor depends on the order of the
 * versions. Policy and versions can be given as they are, or read once for many
 * calls (`compilePolicy`, `VersionList.of`).
 *
 * @public
 * @param current - the images that the application runs (`status.summary.images`); without them it isn't asked whether the choice is an update
 */
export function selectVersion(
  policy: ImagePolicy | CompiledPolicy,
  versions: readonly RegistryVersion[] | VersionList,
  current?: readonly string[],
): VersionSelection {
  const compiled = compiledOf(policy);
  const list = listOf(versions);
  const choice = list.choiceOf(compiled);
  const chosen = choice.chosen?.version;
  const verdicts = list.verdictsOf(compiled);
  const { outcome, reason } = outcomeOf(
    compiled,
    { chosen, verdicts },
    current,
  );
  return {
    chosen,
    written: chosen && writtenVersion(compiled, chosen),
    outcome,
    reason,
    verdicts,
    doubts: doubtsOf(compiled, choice),
  };
}

export function compiledOf(policy: ImagePolicy | CompiledPolicy) {
  return policy instanceof CompiledPolicy ? policy : compilePolicy(policy);
}

export function listOf(versions: readonly RegistryVersion[] | VersionList) {
  return versions instanceof VersionList ? versions : VersionList.of(versions);
}

/** A version as the updater writes it: the digest only where it is followed. */
export function writtenVersion(
  { strategy }: CompiledPolicy,
  { tag, digest }: RegistryVersion,
): ImageVersion {
  return strategy.written({ tag, ...(digest !== undefined && { digest }) });
}

function outcomeOf(
  policy: CompiledPolicy,
  { chosen, verdicts }: Pick<VersionSelection, 'chosen' | 'verdicts'>,
  current: readonly string[] | undefined,
): { outcome: SelectionOutcome; reason: string } {
  const unusable =
    policy.unusable ??
    (policy.range instanceof PolicyError &&
    verdicts.some(({ code }) => code === 'constraint-invalid')
      ? policy.range
      : undefined);
  if (!chosen) {
    return unusable
      ? { outcome: 'unusable', reason: unusable.message }
      : { outcome: 'none', reason: whyNone(verdicts) };
  }
  if (!current) {
    return { outcome: 'chosen', reason: `The updater sets ${chosen.tag}` };
  }
  const written = writtenVersion(policy, chosen);
  const tag = { name: chosen.tag, digest: written.digest ?? '' };
  const live = liveImageOf(
    liveImages(current, [policy.policy]),
    policy.policy,
    tag.digest,
  );
  if (!live) {
    return {
      outcome: 'not-live',
      reason: `The application doesn't run ${fullImageName(
        policy.policy.image,
      )}, and the updater only looks at what runs`,
    };
  }
  const running = tagWithDigest(live);
  return needsUpdate(policy.policy, live, tag)
    ? {
        outcome: 'update',
        reason: `The updater sets ${chosen.tag} in place of ${
          running || 'no tag'
        }`,
      }
    : { outcome: 'up-to-date', reason: `${chosen.tag} runs already` };
}

/** The reasons with their number, the commonest first. */
function whyNone(verdicts: VersionSelection['verdicts']): string {
  if (verdicts.length === 0) {
    return 'The repository has no tags';
  }
  const counts = new Map<string, number>();
  for (const { reason } of verdicts) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const listed = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([reason, count]) => `${count} ${reason}`);
  return `None of ${verdicts.length} versions can be taken: ${listed.join(
    '; ',
  )}`;
}

function doubtsOf(
  { strategy, platformText }: CompiledPolicy,
  { chosen, hasBuildDates }: Choice,
): string[] {
  if (!chosen || !strategy.readsMetadata) {
    return [];
  }
  const doubts: string[] = [];
  if (strategy.goesByBuildDate && !hasBuildDates) {
    doubts.push(
      'The updater goes by the date of the build, which is not known here: the time of the push stands in for it',
    );
  }
  if (!chosen.builds?.every(({ platform }) => platform)) {
    doubts.push(
      `It is not known here whether ${chosen.version.tag} has an image for ${platformText}`,
    );
  }
  return doubts;
}
