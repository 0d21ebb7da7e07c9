import type { MessageOf } from '../../messages';
import type { ImageBuild } from '../../model/image';
import type { ImageVersion } from '../../model/promotion';

/**
 * One tag of a repository, with what is known of the image that it names. A
 * registry's image with several tags is as many versions.
 *
 * @public
 */
export interface RegistryVersion {
  tag: string;
  /** `sha256:…` of the manifest or index. */
  digest?: string;
  /** ISO 8601; stands in for the date of the build where that isn't known. */
  pushedAt?: string;
  /** One, or of an index one for each platform; absent where nothing is known of them. */
  builds?: readonly ImageBuild[];
  /** The registry has no manifest for it that can be read. */
  unreadable?: boolean;
}

/**
 * Why the Image Updater takes a version, or passes it over. In this order: the
 * first that applies is the reason.
 *
 * - `chosen`: it is set, whatever runs now.
 * - `image-name-invalid`, `constraint-missing`, `constraint-invalid`: the policy
 *   itself can't be used, so nothing is chosen.
 * - `not-allowed`: `allow-tags` doesn't match it.
 * - `ignored`: a pattern of `ignore-tags` matches it.
 * - `not-followed`: not the tag that `digest` follows.
 * - `unreadable`: its manifest, or the date in it, can't be read.
 * - `platform-missing`: has no image for a wanted platform.
 * - `not-semver`: no version, as `semver` reads them.
 * - `prerelease`: within the constraint, which names no prerelease itself.
 * - `outside-constraint`: not within the constraint.
 * - `older`: allowed, but another one comes after it.
 * - `duplicate`: the same tag stands earlier in the list.
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
 * A verdict with what it rests on, as data: `formatMessage` makes it a clause
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
 * What the Image Updater does with what it chose.
 *
 * - `update`: it differs from what runs, be it older, and is written.
 * - `up-to-date`: it runs already.
 * - `chosen`: it wasn't asked what runs.
 * - `not-live`: the application doesn't run the image, so it isn't looked at.
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
  | 'none'
  | 'unusable';

/**
 * Which version the Image Updater sets, and why not the others.
 *
 * @public
 */
export interface VersionSelection {
  /** Also where the application doesn't run the image. */
  chosen?: RegistryVersion;
  /** The chosen version as it is written: with its digest only under the strategy `digest`. */
  written?: ImageVersion;
  outcome: SelectionOutcome;
  /** The outcome, as data. */
  reason: MessageOf<'selection'>;
  /** One for each version, in their order. */
  verdicts: readonly VersionVerdict[];
  /** What the choice rests on that isn't known for certain. */
  doubts: readonly MessageOf<'doubt'>[];
}
