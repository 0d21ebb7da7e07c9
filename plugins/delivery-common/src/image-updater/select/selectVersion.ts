import type { MessageOf } from '../../messages';
import type { ImageVersion } from '../../model/promotion';
import { fullImageName, tagWithDigest } from '../image/image';
import { PolicyError } from '../problem';
import type { ImagePolicy } from '../settings/images';
import { CompiledPolicy, compilePolicy } from './CompiledPolicy';
import { isPredictable, type VersionChoice, VersionList } from './VersionList';
import { liveImageOf, liveImages, needsUpdate } from './live';
import type { RegistryVersion, VerdictReason, VersionSelection } from './types';

/**
 * Selects the version of a repository that the Image Updater sets for an image,
 * and explains why it rejects each other one. Never throws, and doesn't depend
 * on the order of the versions. Policy and versions can be plain values, or
 * read once for many calls (`compilePolicy`, `VersionList.of`).
 *
 * @public
 * @param current - the images that the application runs
 * (`status.summary.images`); without them, the result doesn't say whether the
 * choice is an update
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
  const { outcome, isDowngrade, reason } = outcomeOf(
    compiled,
    { choice, verdicts, list },
    current,
  );
  return {
    chosen,
    written: chosen && writtenVersion(compiled, chosen),
    outcome,
    isDowngrade,
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

/**
 * A version as the updater writes it: with the digest only if it is followed.
 */
export function writtenVersion(
  { strategy }: CompiledPolicy,
  { tag, digest }: RegistryVersion,
): ImageVersion {
  return strategy.written({ tag, ...(digest !== undefined && { digest }) });
}

type Outcome = Pick<VersionSelection, 'outcome' | 'isDowngrade' | 'reason'>;

function outcomeOf(
  policy: CompiledPolicy,
  {
    choice,
    verdicts,
    list,
  }: Pick<VersionSelection, 'verdicts'> & {
    choice: VersionChoice;
    list: VersionList;
  },
  current: readonly string[] | undefined,
): Outcome {
  const isDowngrade = false;
  const { chosen: read } = choice;
  const chosen = read?.version;
  const unusable =
    policy.unusable ??
    (policy.range instanceof PolicyError &&
    verdicts.some(({ code }) => code === 'constraint-invalid')
      ? policy.range
      : undefined);
  if (!chosen) {
    return unusable
      ? {
          outcome: 'unusable',
          isDowngrade,
          reason: {
            code: 'selection.unusable',
            parameters: { message: unusable.message },
          },
        }
      : { outcome: 'none', isDowngrade, reason: whyNone(verdicts) };
  }
  const unpredictable: Outcome = {
    outcome: 'unpredictable',
    isDowngrade,
    reason: {
      code: 'selection.unpredictable',
      parameters: { tag: chosen.tag },
    },
  };
  if (!current) {
    if (!isPredictable(policy, choice)) {
      return unpredictable;
    }
    return {
      outcome: 'chosen',
      isDowngrade,
      reason: { code: 'selection.chosen', parameters: { tag: chosen.tag } },
    };
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
      isDowngrade,
      reason: {
        code: 'selection.not-live',
        parameters: { image: fullImageName(policy.policy.image) },
      },
    };
  }
  if (!isPredictable(policy, choice)) {
    return unpredictable;
  }
  return needsUpdate(policy.policy, live, tag)
    ? updateOutcome(chosen.tag, tagWithDigest(live), {
        isDowngrade: list.comesBefore(policy, read, live.tag?.name ?? ''),
      })
    : {
        outcome: 'up-to-date',
        isDowngrade,
        reason: {
          code: 'selection.up-to-date',
          parameters: { tag: chosen.tag },
        },
      };
}

function updateOutcome(
  tag: string,
  running: string,
  { isDowngrade }: Pick<Outcome, 'isDowngrade'>,
): Outcome {
  const outcome = 'update';
  if (!running) {
    return {
      outcome,
      isDowngrade: false,
      reason: { code: 'selection.update-untagged', parameters: { tag } },
    };
  }
  return {
    outcome,
    isDowngrade,
    reason: {
      code: isDowngrade ? 'selection.downgrade' : 'selection.update',
      parameters: { tag, running },
    },
  };
}

/** The three most common reasons with their counts, most common first. */
function whyNone(
  verdicts: VersionSelection['verdicts'],
): MessageOf<'selection'> {
  if (verdicts.length === 0) {
    return { code: 'selection.no-tags', parameters: {} };
  }
  const counts = new Map<string, { verdict: VerdictReason; count: number }>();
  for (const { reason } of verdicts) {
    const key = JSON.stringify(reason);
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { verdict: reason, count });
  }
  const listed = [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(
      ({ verdict, count }): MessageOf<'selection'> => ({
        code: 'selection.tally',
        parameters: { total: String(count), verdict },
      }),
    );
  return {
    code: 'selection.none',
    parameters: { total: String(verdicts.length), verdicts: listed },
  };
}

function doubtsOf(
  { strategy, platformText }: CompiledPolicy,
  { chosen, hasBuildDates }: VersionChoice,
): MessageOf<'doubt'>[] {
  if (!chosen || !strategy.readsMetadata) {
    return [];
  }
  const doubts: MessageOf<'doubt'>[] = [];
  if (strategy.goesByBuildDate && !hasBuildDates) {
    doubts.push({ code: 'doubt.build-date-unknown', parameters: {} });
  }
  if (!chosen.builds?.every(({ platform }) => platform)) {
    doubts.push({
      code: 'doubt.platforms-unknown',
      parameters: { tag: chosen.version.tag, platforms: platformText },
    });
  }
  return doubts;
}
