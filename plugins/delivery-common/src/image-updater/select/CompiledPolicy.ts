import { isRepositoryName } from '../../images/grammar';
import { PolicyError, type PolicyProblem } from '../problem';
import type { Constraint } from '../semver/constraint';
import type { ImagePolicy } from '../settings/images';
import { strategyOf } from '../strategies/registry';
import type { UpdateStrategy } from '../strategies/UpdateStrategy';
import { type TagFilter, parseAllowTags } from '../tags/allowTags';
import { parseGlob } from '../tags/glob';
import { type Platform, parsePlatforms, platformText } from '../tags/platform';
import { compareText } from '../text';
import type { ReadVersion } from './readVersion';

/**
 * Maximum total length of the `ignore-tags` patterns. Each is matched against
 * each tag, on the thread that answers requests.
 */
const MAX_IGNORE_LENGTH = 1024;

interface IgnorePattern {
  pattern: string;
  matches: (tag: string) => boolean;
}

/**
 * What a policy depends on besides its settings.
 *
 * @public
 */
export interface CompileOptions {
  /**
   * The updater's own platform, as `os/architecture[/variant]`, which it uses
   * if a policy names no platforms. Default: `linux/amd64`.
   */
  updaterPlatform?: string;
}

/**
 * A policy compiled once to judge many versions.
 *
 * @public
 */
export class CompiledPolicy {
  /**
   * Problems with the version settings; the updater continues despite most of
   * them.
   */
  readonly problems: readonly PolicyProblem[];
  /** Set if no version can be chosen at all. */
  readonly unusable: PolicyError | undefined;
  /** Equal for policies that make the same choices. */
  readonly key: string;
  /** Equal for policies that admit the same tag names. */
  readonly filterKey: string;
  readonly strategy: UpdateStrategy;
  /** The version constraint, or for `digest` the tag to follow; empty: none. */
  readonly constraint: string;
  readonly platforms: readonly Platform[];
  readonly #allows: TagFilter;
  readonly #ignores: readonly IgnorePattern[];
  readonly #range: Constraint | PolicyError | undefined;

  /** Never throws: invalid settings become problems. */
  static compile(
    policy: ImagePolicy,
    options: CompileOptions = {},
  ): CompiledPolicy {
    return new CompiledPolicy(policy, options);
  }

  private constructor(
    readonly policy: ImagePolicy,
    { updaterPlatform }: CompileOptions,
  ) {
    const { image, allowTags, ignoreTags, platforms } = policy;
    const problems: PolicyProblem[] = [];
    const report = (problem: PolicyProblem) => problems.push(problem);
    this.strategy = strategyOf(policy);
    this.constraint = image.tag?.name ?? '';
    this.#allows = parseAllowTags(allowTags, report);
    const ignores = withinLength(ignoreTags);
    if (ignores.length < ignoreTags.length) {
      report({
        code: 'ignore-tags-too-long',
        message: `ignore-tags has ${ignoreTags.length} patterns, which are longer than ${MAX_IGNORE_LENGTH} characters together`,
        advice: {
          code: 'advice.ignore-tags-too-long',
          parameters: { used: String(ignores.length) },
        },
      });
    }
    this.#ignores = ignores.flatMap(pattern => {
      const matches = parseGlob(pattern);
      if (!matches) {
        report({
          code: 'ignore-tags-malformed',
          message: `ignore-tags pattern '${pattern}' is malformed`,
          advice: {
            code: 'advice.ignore-tags-malformed',
            parameters: { pattern },
          },
        });
      }
      return matches ? [{ pattern, matches }] : [];
    });
    const isOwn = platforms.length === 0 && updaterPlatform !== undefined;
    this.platforms = parsePlatforms(
      isOwn ? [updaterPlatform] : platforms,
      report,
    );
    this.#range = this.strategy.rangeOf(this.constraint);
    if (this.#range instanceof PolicyError) {
      report(this.#range.within(''));
    }
    this.unusable = this.#readUsable();
    if (this.unusable) {
      report(this.unusable.within(''));
    }
    this.problems = problems;
    this.filterKey = JSON.stringify([
      allowTags,
      ignoreTags,
      this.strategy.constraint === 'followed-tag' && this.constraint,
    ]);
    this.key = JSON.stringify([
      image,
      policy.strategy,
      allowTags,
      ignoreTags,
      this.platforms,
    ]);
  }

  /** Whether `allow-tags` admits a tag. */
  allows(tag: string): boolean {
    return this.#allows(tag);
  }

  /** The pattern of `ignore-tags` that matches a tag, if any. */
  ignoredBy(tag: string): string | undefined {
    return this.#ignores.find(({ matches }) => matches(tag))?.pattern;
  }

  /** Whether the strategy considers this tag. */
  follows(tag: string): boolean {
    return this.strategy.follows(tag, this.constraint);
  }

  /**
   * The order of the strategy: the last accepted version is chosen. Tag names
   * break ties.
   */
  compare(a: ReadVersion, b: ReadVersion): number {
    return (
      this.strategy.compare(a, b, this.platforms) ||
      compareText(a.version.tag, b.version.tag)
    );
  }

  /**
   * The version range under `semver`, or the error in its constraint. The
   * updater reports the error only if there is a version to compare.
   */
  get range(): Constraint | PolicyError | undefined {
    return this.#range;
  }

  get platformText(): string {
    return this.platforms.map(platformText).join(', ');
  }

  #readUsable(): PolicyError | undefined {
    const { image } = this.policy;
    if (!isRepositoryName(image.name)) {
      return new PolicyError({
        code: 'image-name-invalid',
        message: `Failed to create repository for image '${image.name}': invalid reference format`,
        advice: {
          code: 'advice.image-name-invalid',
          parameters: { image: image.original },
        },
      });
    }
    return this.strategy.refuses(image);
  }
}

/** The leading patterns that fit into the length limit. */
function withinLength(patterns: readonly string[]): readonly string[] {
  let length = 0;
  const end = patterns.findIndex(pattern => {
    length += pattern.length + 1;
    return length > MAX_IGNORE_LENGTH;
  });
  return end < 0 ? patterns : patterns.slice(0, end);
}

/**
 * Compiles a policy once to judge many versions. Its regular expressions are
 * user input, so they are matched in linear time.
 *
 * @public
 */
export function compilePolicy(
  policy: ImagePolicy,
  options?: CompileOptions,
): CompiledPolicy {
  return CompiledPolicy.compile(policy, options);
}
