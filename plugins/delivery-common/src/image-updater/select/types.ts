import type { MessageOf } from '../../messages';
import type { ImageBuild } from '../../model/image';
import type { ImageVersion } from '../../model/promotion';

/**
 * One tag of a repository, with what is known about its image. A registry's
 * image with several tags counts as several versions.
 *
 * @public
 */
export interface RegistryVersion {
  tag: string;
  /** `sha256:…` of the manifest or index. */
  digest?: string;
  /** ISO 8601; replaces an unknown build date. */
  pushedAt?: string;
  /** One build, or one for each platform of an index; absent if unknown. */
  builds?: readonly ImageBuild[];
  /** The registry has no readable manifest for it. */
  unreadable?: boolean;
}

/**
 * Why the Image Updater chooses or rejects a version. The first rejection that
 * applies is the reason. They are checked in this order, except that
 * `duplicate` comes first and `constraint-invalid` comes after `not-semver`.
 *
 * - `chosen`: the updater sets it, whatever runs now.
 * - `image-name-invalid`, `constraint-missing`, `constraint-invalid`: the
 *   policy itself can't be used, so nothing is chosen.
 * - `not-allowed`: `allow-tags` doesn't match it.
 * - `ignored`: a pattern of `ignore-tags` matches it.
 * - `not-followed`: it isn't the tag that `digest` follows.
 * - `unreadable`: its manifest, or the date in it, can't be read.
 * - `platform-missing`: it has no image for a wanted platform.
 * - `not-semver`: it isn't a version by the rules of `semver`.
 * - `prerelease`: it is within the constraint, which names no prerelease
 *   itself.
 * - `outside-constraint`: it isn't within the constraint.
 * - `older`: it is accepted, but another version comes after it.
 * - `duplicate`: the same tag occurs earlier in the list.
 * - `untagged`: an image without a tag, which the updater doesn't see.
 *
 * @public
 */
export type VerdictCode =
  | 'chosen'
  | 'image-name-invalid'
  | 'constraint-missing'
  | 'constraint-invalid'
  | 'not-allowed'
  | 'ignored'
  | 'not-followed'
  | 'unreadable'
  | 'platform-missing'
  | 'not-semver'
  | 'prerelease'
  | 'outside-constraint'
  | 'older'
  | 'duplicate'
  | 'untagged';

/**
 * The reason for a verdict, as data. `formatMessage` turns it into a clause
 * such as `outside the constraint ~1.3`.
 *
 * @public
 */
export type VerdictReason = MessageOf<'verdict'>;

/** @public */
export interface VersionVerdict {
  tag: string;
  code: VerdictCode;
  reason: VerdictReason;
}

/**
 * What the Image Updater does with the version it chose.
 *
 * - `update`: it differs from the running version and is written, even if it is
 *   older.
 * - `up-to-date`: it is already running.
 * - `chosen`: the running images weren't given.
 * - `not-live`: the application doesn't run the image, so the updater ignores
 *   it.
 * - `unpredictable`: build dates decide, and they aren't known here.
 * - `none`: no version is left to choose.
 * - `unusable`: the policy can't be used.
 *
 * @public
 */
export type SelectionOutcome =
  | 'update'
  | 'up-to-date'
  | 'chosen'
  | 'not-live'
  | 'unpredictable'
  | 'none'
  | 'unusable';

/**
 * Which version the Image Updater sets, and why not the others.
 *
 * @public
 */
export interface VersionSelection {
  /**
   * Also set if the application doesn't run the image. If the outcome is
   * `unpredictable`, it is the version that was pushed last.
   */
  chosen?: RegistryVersion;
  /** The chosen version as it is written: with its digest only under the strategy `digest`. */
  written?: ImageVersion;
  outcome: SelectionOutcome;
  /**
   * The choice is an update to a version that the policy orders before the
   * running one: that one is no longer in the registry, or not accepted.
   */
  isDowngrade: boolean;
  /** The outcome, as data. */
  reason: MessageOf<'selection'>;
  /** One for each version, in the order of the list. */
  verdicts: readonly VersionVerdict[];
  /** Uncertain facts that the choice rests on. */
  doubts: readonly MessageOf<'doubt'>[];
}
