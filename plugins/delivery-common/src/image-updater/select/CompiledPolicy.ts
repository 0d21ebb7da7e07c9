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
 * How long the patterns of `ignore-tags` may be together: each is held against
 * each tag, on the thread that answers requests.
 */
const MAX_IGNORE_LENGTH = 1024;

interface IgnorePattern {
  pattern: string;
  matches: (tag: string) => boolean;
}

/**
 * What a policy depends on beside its settings.
 *
 * @public
 */
export interface CompileOptions {
  /**
   * Where the updater itself runs, as `os/architecture[/variant]`: what it looks
   * for where a policy names no platforms. Default: `linux/amd64`.
   */
  updaterPlatform?: string;
}

/**
 * A policy that was read once, to be held against many versions.
 *
 * @public
 */
export class CompiledPolicy {
  /** What is wrong with the settings of versions; the updater goes on with most of it. */
  readonly problems: readonly PolicyProblem[];
  /** Set where nothing can be chosen at all. */
  readonly unusable: PolicyError | undefined;
  /** Equal for policies that choose alike. */
  readonly key: string;
  /** Equal for policies that let the same names of tags through. */
  readonly filterKey: string;
  readonly strategy: UpdateStrategy;
  /** The version constraint; for `digest` the tag that is followed; empty: none. */
  readonly constraint: string;
  readonly platforms: readonly Platform[];
  readonly #allows: TagFilter;
  readonly #ignores: readonly IgnorePattern[];
  readonly #range: Constraint | PolicyError | undefined;

  /** Never fails: what can't be read is among its problems. */
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

  /** The pattern of `ignore-tags` that a tag is ignored for. */
  ignoredBy(tag: string): string | undefined {
    return this.#ignores.find(({ matches }) => matches(tag))?.pattern;
  }

  /** Whether the strategy only looks at another tag than this. */
  follows(tag: string): boolean {
    return this.strategy.follows(tag, this.constraint);
  }

  /**
   * The order of the strategy: the last one of those that are accepted is chosen.
   * What is alike to the strategy is ordered by the names of the tags.
   */
  compare(a: ReadVersion, b: ReadVersion): number {
    return (
      this.strategy.compare(a, b, this.platforms) ||
      compareText(a.version.tag, b.version.tag)
    );
  }

  /**
   * The range of versions under `semver`, and what is wrong with it otherwise:
   * the updater only minds when there is a version to hold against it.
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

/** As many of the patterns, from the first, as may be used. */
function withinLength(patterns: readonly string[]): readonly string[] {
  let length = 0;
  const end = patterns.findIndex(pattern => {
    length += pattern.length + 1;
    return length > MAX_IGNORE_LENGTH;
  });
  return end < 0 ? patterns : patterns.slice(0, end);
}

/**
 * Reads a policy once, to be held against many versions; the regular
 * expressions in it are users', and are matched in linear time.
 *
 * @public
 */
export function compilePolicy(
  policy: ImagePolicy,
  options?: CompileOptions,
): CompiledPolicy {
  return CompiledPolicy.compile(policy, options);
}
