import type { CompiledPolicy } from './CompiledPolicy';
import { Kept } from './Kept';
import { type ReadVersion, ageOf, readVersion } from './readVersion';
import type { RegistryVersion, VerdictCode, VersionVerdict } from './types';
import { refusalOf, refusalOfTag, verdictOf } from './verdict';

/**
 * What a policy chooses from a `VersionList`.
 *
 * @public
 */
export interface VersionChoice {
  /** The version that it chooses. Absent if it accepts none. */
  chosen?: ReadVersion;
  /** One for each version, in the order of the list. */
  codes: readonly VerdictCode[];
  /** The build date of every accepted version is known. */
  hasBuildDates: boolean;
  /** The number of accepted versions. */
  accepted: number;
  /** Neither build nor push of some accepted version has a known date. */
  hasUndated: boolean;
}

/**
 * False if an unknown build date may make the updater choose another version. A
 * version is built before it is pushed, so a known build date that is later
 * than all pushes of unknown builds is certain.
 */
export function isPredictable(
  { strategy, platforms }: CompiledPolicy,
  {
    chosen,
    accepted,
    hasUndated,
  }: Omit<VersionChoice, 'codes' | 'hasBuildDates'>,
): boolean {
  return (
    !strategy.goesByBuildDate ||
    accepted < 2 ||
    (chosen !== undefined &&
      ageOf(platforms, chosen).isBuildDate &&
      !hasUndated)
  );
}

/**
 * The versions of a repository, parsed once to be judged by many policies.
 * Applications that run the same image mostly have equal policies, so choices
 * are cached.
 *
 * @public
 */
export class VersionList {
  readonly #read: readonly ReadVersion[];
  readonly #refusals = new Kept<(VerdictCode | undefined)[]>(32);
  readonly #choices = new Kept<VersionChoice>(256);
  readonly #verdicts = new Kept<readonly VersionVerdict[]>(32);

  static of(versions: readonly RegistryVersion[]): VersionList {
    return new VersionList(versions);
  }

  private constructor(readonly versions: readonly RegistryVersion[]) {
    this.#read = versions.map(readVersion);
  }

  /** The version that a policy chooses. */
  choiceOf(policy: CompiledPolicy): VersionChoice {
    return this.#choices.get(policy.key, () => this.#choose(policy));
  }

  /** Why each version is chosen or rejected, in the order of the list. */
  verdictsOf(policy: CompiledPolicy): readonly VersionVerdict[] {
    return this.#verdicts.get(policy.key, () => {
      const { chosen, codes } = this.choiceOf(policy);
      return this.#read.map((read, i) =>
        verdictOf(policy, read, codes[i], chosen),
      );
    });
  }

  /**
   * Whether a version comes before the one of a tag in the policy's order, even
   * if the policy doesn't accept that tag or the list doesn't have it. False if
   * that isn't known.
   */
  comesBefore(
    policy: CompiledPolicy,
    chosen: ReadVersion,
    tag: string,
  ): boolean {
    const { strategy, platforms } = policy;
    if (tag === '' || strategy.constraint === 'followed-tag') {
      return false;
    }
    const other =
      this.#read.find(({ version }) => version.tag === tag) ??
      readVersion({ tag });
    const isKnown =
      !strategy.goesByBuildDate ||
      [chosen, other].every(read => ageOf(platforms, read).isBuildDate);
    return isKnown && policy.compare(chosen, other) < 0;
  }

  #choose(policy: CompiledPolicy): VersionChoice {
    const refusals = this.#refusals.get(policy.filterKey, () =>
      this.#read.map(({ version }) => refusalOfTag(policy, version.tag)),
    );
    const seen = new Set<string>();
    let chosenAt = -1;
    let hasBuildDates = true;
    let hasUndated = false;
    let accepted = 0;
    const codes = this.#read.map((read, i): VerdictCode => {
      const { tag } = read.version;
      if (seen.has(tag)) {
        return 'duplicate';
      }
      seen.add(tag);
      const refusal = refusalOf(policy, read, refusals[i]);
      if (refusal) {
        return refusal;
      }
      const { isBuildDate } = ageOf(policy.platforms, read);
      hasBuildDates &&= isBuildDate;
      hasUndated ||= !isBuildDate && read.pushedAt === undefined;
      accepted += 1;
      if (chosenAt < 0 || policy.compare(this.#read[chosenAt], read) < 0) {
        chosenAt = i;
      }
      return 'older';
    });
    if (chosenAt >= 0) {
      codes[chosenAt] = 'chosen';
    }
    const chosen = chosenAt < 0 ? undefined : this.#read[chosenAt];
    return { chosen, codes, hasBuildDates, accepted, hasUndated };
  }
}
