import type { CompiledPolicy } from './CompiledPolicy';
import { Kept } from './Kept';
import { type ReadVersion, ageOf, readVersion } from './readVersion';
import type { RegistryVersion, VerdictCode, VersionVerdict } from './types';
import { refusalOf, refusalOfTag, verdictOf } from './verdict';

/** What a policy chooses from a list. */
export interface Choice {
  chosen?: ReadVersion;
  /** One for each version, in the order of the list. */
  codes: readonly VerdictCode[];
  /** The build date of every accepted version is known. */
  hasBuildDates: boolean;
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
  readonly #choices = new Kept<Choice>(256);
  readonly #verdicts = new Kept<readonly VersionVerdict[]>(32);

  static of(versions: readonly RegistryVersion[]): VersionList {
    return new VersionList(versions);
  }

  private constructor(readonly versions: readonly RegistryVersion[]) {
    this.#read = versions.map(readVersion);
  }

  /**
   * The version that a policy chooses.
   *
   * @internal
   */
  choiceOf(policy: CompiledPolicy): Choice {
    return this.#choices.get(policy.key, () => this.#choose(policy));
  }

  /**
   * Why each version is chosen or rejected, in the order of the list.
   *
   * @internal
   */
  verdictsOf(policy: CompiledPolicy): readonly VersionVerdict[] {
    return this.#verdicts.get(policy.key, () => {
      const { chosen, codes } = this.choiceOf(policy);
      return this.#read.map((read, i) =>
        verdictOf(policy, read, codes[i], chosen?.version.tag),
      );
    });
  }

  #choose(policy: CompiledPolicy): Choice {
    const refusals = this.#refusals.get(policy.filterKey, () =>
      this.#read.map(({ version }) => refusalOfTag(policy, version.tag)),
    );
    const seen = new Set<string>();
    let chosenAt = -1;
    let hasBuildDates = true;
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
      hasBuildDates &&= ageOf(policy.platforms, read).isBuildDate;
      if (chosenAt < 0 || policy.compare(this.#read[chosenAt], read) < 0) {
        chosenAt = i;
      }
      return 'older';
    });
    if (chosenAt >= 0) {
      codes[chosenAt] = 'chosen';
    }
    const chosen = chosenAt < 0 ? undefined : this.#read[chosenAt];
    return { chosen, codes, hasBuildDates };
  }
}
