import type { ImageVersion } from '../../model/promotion';
import type { ContainerImage, ContainerImageTag } from '../image/image';
import type { PolicyError } from '../problem';
import type { BuildAge, ReadVersion } from '../select/readVersion';
import type { Constraint } from '../semver/constraint';
import type { Platform } from '../tags/platform';

/**
 * How the updater finds the newest of the allowed tags.
 *
 * - `semver`: the highest version within the constraint.
 * - `newest-build`: the latest build date of the image.
 * - `alphabetical`: the last by name.
 * - `digest`: follows the digest of one tag, which the constraint names.
 *
 * @public
 */
export type StrategyName =
  | 'semver'
  | 'newest-build'
  | 'alphabetical'
  | 'digest';

/**
 * A version with its age, for strategies in which tag names have no order.
 *
 * @public
 */
export interface DatedVersion {
  version: ImageVersion;
  /** When it was pushed to the registry, or else when it was applied. */
  at?: string;
  /** For strategies that compare build dates; absent if nothing is known. */
  age?: BuildAge;
}

/**
 * An update strategy of the Image Updater, with everything in which strategies
 * differ. Each strategy is implemented in its own file.
 *
 * @public
 */
export interface UpdateStrategy {
  readonly name: StrategyName;
  /** Its name before version 1, which the updater still accepts. */
  readonly formerName?: string;
  /**
   * What the text after the image's name means: a range of versions, the tag to
   * follow, or nothing.
   */
  readonly constraint: 'range' | 'followed-tag' | 'unused';
  /** Whether the manifest of each tag is read. */
  readonly readsMetadata: boolean;
  /** Whether the newest build is chosen. */
  readonly goesByBuildDate: boolean;
  /** Whether the digest is written and compared in addition to the tag. */
  readonly followsDigest: boolean;
  /**
   * The version range of a constraint, or why it can't be parsed; undefined if
   * the strategy uses no range.
   */
  rangeOf(constraint: string): Constraint | PolicyError | undefined;
  /**
   * Why no version can be chosen for an image of the image list; undefined if
   * one can.
   */
  refuses(image: ContainerImage): PolicyError | undefined;
  /** Whether a tag is considered. */
  follows(tag: string, constraint: string): boolean;
  /**
   * Whether a build's date must be readable, given how many builds the version
   * has.
   */
  needsBuildDate(builds: number): boolean;
  /** Negative if `b` is preferred; on 0, the tag names decide. */
  compare(
    a: ReadVersion,
    b: ReadVersion,
    platforms: readonly Platform[],
  ): number;
  /**
   * Whether the updater prefers `a` to `b`. If age decides but isn't known,
   * neither comes after the other.
   */
  comesAfter(a: DatedVersion, b: DatedVersion): boolean;
  /** A version as it is written into the configuration. */
  written(version: ImageVersion): ImageVersion;
  /** Among the images that the application runs, the one to update. */
  liveImage(
    live: readonly ContainerImage[],
    image: ContainerImage,
    chosenDigest?: string,
  ): ContainerImage | undefined;
  /** Whether the chosen version must replace the running one. */
  differs(current: ContainerImageTag, chosen: ContainerImageTag): boolean;
}
