import type { CompiledPolicy } from './CompiledPolicy';
import { type ReadVersion, compareVersions, readVersion } from './order';
import type { RegistryVersion, VersionVerdict } from './types';
import { refusalOf, verdictOf } from './verdict';

/** What a policy chooses of a list. */
export interface Choice {
  chosen?: ReadVersion;
  /** One for each version, in their order. */
  verdicts: readonly VersionVerdict[];
  /** When each of the accepted ones was built is known. */
  hasBuildDates: boolean;
}

/** Kept choices per list; an organisation has few policies for one image. */
const MAX_KEPT = 64;

/**
 * The versions of a repository, read once to be held against many policies.
 *
 * @public
 */
export class VersionList {
  readonly #read: readonly ReadVersion[];
  readonly #choices = new Map<string, Choice>();

  static of(versions: readonly RegistryVersion[]): VersionList {
    return new VersionList(versions);
  }

  private constructor(readonly versions: readonly RegistryVersion[]) {
    this.#read = versions.map(readVersion);
  }

  /**
   * The version that a policy chooses, and why not the others.
   *
   * @internal
   */
  choiceOf(policy: CompiledPolicy): Choice {
    const kept = this.#choices.get(policy.key);
    if (kept) {
      return kept;
    }
    const choice = this.#choose(policy);
    if (this.#choices.size >= MAX_KEPT) {
      this.#choices.clear();
    }
    this.#choices.set(policy.key, choice);
    return choice;
  }

  #choose(policy: CompiledPolicy): Choice {
    const { strategy } = policy.policy;
    const seen = new Set<string>();
    let chosen: ReadVersion | undefined;
    let hasBuildDates = true;
    const codes = this.#read.map(read => {
      const { tag } = read.version;
      if (seen.has(tag)) {
        return 'duplicate';
      }
      seen.add(tag);
      const refusal = refusalOf(policy, read);
      if (refusal) {
        return refusal;
      }
      hasBuildDates &&= read.isBuildDate;
      if (!chosen || compareVersions(strategy, chosen, read) < 0) {
        chosen = read;
      }
      return 'older';
    });
    const winner = chosen;
    return {
      chosen: winner,
      hasBuildDates,
      verdicts: this.#read.map((read, i) =>
        verdictOf(
          policy,
          read,
          read === winner ? 'chosen' : codes[i],
          winner?.version.tag,
        ),
      ),
    };
  }
}
