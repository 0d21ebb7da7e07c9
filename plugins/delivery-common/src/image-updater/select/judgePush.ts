import type { ImageVersion } from '../../model/promotion';
import type { ImagePolicy } from '../settings/images';
import type { CompiledPolicy } from './CompiledPolicy';
import { isPredictable, VersionList } from './VersionList';
import { type BuildAge, ageOf, readAge, readVersion } from './readVersion';
import { compiledOf, listOf, writtenVersion } from './selectVersion';
import type {
  RegistryVersion,
  VerdictCode,
  VerdictReason,
  VersionVerdict,
} from './types';
import { verdictOf } from './verdict';

/**
 * An image as a registry reports it, with all its tags.
 *
 * @public
 */
export interface PushedImage
  extends Pick<RegistryVersion, 'pushedAt' | 'builds' | 'unreadable'> {
  /** `sha256:…` */
  digest?: string;
  tags: readonly string[];
}

/**
 * Splits an image into one version per tag.
 *
 * @public
 */
export function versionsOf({ tags, ...image }: PushedImage): RegistryVersion[] {
  return tags.map(tag => ({ ...image, tag }));
}

/**
 * A policy's verdict on a pushed image.
 *
 * @public
 */
export interface PushVerdict {
  /** The policy accepts it, though another version may come after it. */
  accepted: boolean;
  /**
   * The version as the updater would write it, from the image's tag that comes
   * last. Set only if it is accepted.
   */
  version?: ImageVersion;
  /**
   * Of all known versions, the updater sets this one. False if that can't be
   * predicted.
   */
  isNext: boolean;
  code: VerdictCode;
  /** Why it isn't next, or not accepted. */
  reason: VerdictReason;
}

/** Verdicts by how far a version gets before it is rejected, earliest first. */
const PROGRESS: VerdictCode[] = [
  'untagged',
  'duplicate',
  'not-followed',
  'not-allowed',
  'ignored',
  'not-semver',
  'unreadable',
  'platform-missing',
  'outside-constraint',
  'prerelease',
];

/**
 * Whether a policy accepts a pushed image at all, and whether the updater sets
 * it next. Returns plain values and never throws.
 *
 * @public
 * @param known - the other versions of the repository, with or without the
 * pushed one
 */
export function judgePush(
  policy: ImagePolicy | CompiledPolicy,
  pushed: PushedImage,
  known: readonly RegistryVersion[] | VersionList = [],
): PushVerdict {
  const compiled = compiledOf(policy);
  const { tags } = pushed;
  const own = VersionList.of(versionsOf(pushed));
  const ownChoice = own.choiceOf(compiled);
  const { chosen } = ownChoice;
  if (!chosen) {
    const { code, reason } =
      furthest(own.verdictsOf(compiled)) ??
      verdictOf(compiled, readVersion({ tag: '' }), 'untagged');
    return { accepted: false, isNext: false, code, reason };
  }
  const version = writtenVersion(compiled, chosen.version);
  const choice = listOf(known).choiceOf(compiled);
  const { chosen: best } = choice;
  const isNext =
    !best ||
    tags.includes(best.version.tag) ||
    compiled.compare(best, chosen) < 0;
  const all =
    !best || tags.includes(best.version.tag)
      ? choice
      : {
          chosen: isNext ? chosen : best,
          accepted: choice.accepted + ownChoice.accepted,
          hasUndated: choice.hasUndated || ownChoice.hasUndated,
        };
  if (!isPredictable(compiled, all)) {
    return {
      accepted: true,
      version,
      isNext: false,
      code: 'older',
      reason: { code: 'verdict.build-date-unknown', parameters: {} },
    };
  }
  const { code, reason } = verdictOf(
    compiled,
    chosen,
    isNext ? 'chosen' : 'older',
    best,
  );
  return { accepted: true, version, isNext, code, reason };
}

/**
 * The age by which `newest-build` orders versions: when a version was built for
 * the policy's platforms, in nanoseconds since the epoch. The push time
 * replaces an unknown build date.
 */
export function buildAge(
  { platforms }: CompiledPolicy,
  version: Pick<RegistryVersion, 'pushedAt' | 'builds'>,
): BuildAge {
  return ageOf(platforms, readAge(version));
}

function furthest(
  verdicts: readonly VersionVerdict[],
): VersionVerdict | undefined {
  return [...verdicts].sort((a, b) => rank(b.code) - rank(a.code)).at(0);
}

function rank(code: VerdictCode): number {
  const at = PROGRESS.indexOf(code);
  return at < 0 ? PROGRESS.length : at;
}
