import type { ImageVersion } from '../../model/promotion';
import type { ContainerImage, ContainerImageTag } from '../image/image';
import type { PolicyError } from '../problem';
import type { BuildAge, ReadVersion } from '../select/readVersion';
import type { Constraint } from '../semver/constraint';
import type { Platform } from '../tags/platform';

/**
 * How the newest of the allowed tags is found.
 *
 * - `semver`: the highest version within the constraint.
 * - `newest-build`: the latest build date of the image.
 * - `alphabetical`: the last by name.
 * - `digest`: one tag, named by the constraint, whose digest is followed.
 *
 * @public
 */
export type StrategyName =
  | 'semver'
  | 'newest-build'
  | 'alphabetical'
  | 'digest';

/**
 * A version with what stands for its age where names have no order.
 *
 * @public
 */
export interface DatedVersion {
  version: ImageVersion;
  /** When it came into the registry, or else was applied. */
  at?: string;
  /** Where the strategy goes by build dates; absent where nothing is known. */
  age?: BuildAge;
}

/**
 * An update strategy of the Image Updater: everything in which the strategies
 * differ. One file each implements it.
 *
 * @public
 */
export interface UpdateStrategy {
  readonly name: StrategyName;
  /** Its name before version 1, which the updater still reads. */
  readonly formerName?: string;
  /** What the text behind the image's name means: a range of versions, the tag that is followed, or nothing. */
  readonly constraint: 'range' | 'followed-tag' | 'unused';
  /** Whether the manifest of each tag is read. */
  readonly readsMetadata: boolean;
  /** Whether the newest build is chosen. */
  readonly goesByBuildDate: boolean;
  /** Whether the digest is written and compared beside the tag. */
  readonly followsDigest: boolean;
  /** The range of versions that a constraint names, or why it can't be read; undefined if there is no range. */
  rangeOf(constraint: string): Constraint | PolicyError | undefined;
  /** Why nothing can be chosen for an image of the image list. */
  refuses(image: ContainerImage): PolicyError | undefined;
  /** Whether a tag is looked at. */
  follows(tag: string, constraint: string): boolean;
  /** Whether a build's date has to be readable, given how many builds the version has. */
  needsBuildDate(builds: number): boolean;
  /** Negative if `b` is preferred; 0 leaves it to the names of the tags. */
  compare(
    a: ReadVersion,
    b: ReadVersion,
    platforms: readonly Platform[],
  ): number;
  /** Whether the updater prefers `a` to `b`. Where age decides and isn't known, neither comes after the other. */
  comesAfter(a: DatedVersion, b: DatedVersion): boolean;
  /** A version as it is written into the configuration. */
  written(version: ImageVersion): ImageVersion;
  /** Of what the application runs, the image that is updated. */
  liveImage(
    live: readonly ContainerImage[],
    image: ContainerImage,
    chosenDigest?: string,
  ): ContainerImage | undefined;
  /** Whether what runs is to be replaced by what was chosen. */
  differs(current: ContainerImageTag, chosen: ContainerImageTag): boolean;
}
