import type { ImageVersion } from '../../model/promotion';
import type { ImagePolicy } from '../settings/images';
import type { CompiledPolicy } from './CompiledPolicy';
import { VersionList } from './VersionList';
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
 * An image as a registry tells of it, with all its tags.
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
 * An image as so many versions as it has tags.
 *
 * @public
 */
export function versionsOf({ tags, ...image }: PushedImage): RegistryVersion[] {
  return tags.map(tag => ({ ...image, tag }));
}

/**
 * What a policy says of an image that was pushed.
 *
 * @public
 */
export interface PushVerdict {
  /** The policy takes it, unless another version comes after it. */
  accepted: boolean;
  /** As the updater would write it, by that of its tags that comes last; only if it is accepted. */
  version?: ImageVersion;
  /** Of all known versions, it is the one that the updater sets. */
  isNext: boolean;
  code: VerdictCode;
  /** Why it isn't next, or not accepted. */
  reason: VerdictReason;
}

/** How far a version got before it was passed over. */
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
 * Whether a policy takes an image that was pushed at all, and whether it is
 * what the updater sets next. All values are plain, and it never throws.
 *
 * @public
 * @param known - the other versions of the repository; whether the pushed one is among them makes no difference
 */
export function judgePush(
  policy: ImagePolicy | CompiledPolicy,
  pushed: PushedImage,
  known: readonly RegistryVersion[] | VersionList = [],
): PushVerdict {
  const compiled = compiledOf(policy);
  const { tags } = pushed;
  const own = VersionList.of(versionsOf(pushed));
  const { chosen } = own.choiceOf(compiled);
  if (!chosen) {
    const { code, reason } =
      furthest(own.verdictsOf(compiled)) ??
      verdictOf(compiled, readVersion({ tag: '' }), 'untagged');
    return { accepted: false, isNext: false, code, reason };
  }
  const version = writtenVersion(compiled, chosen.version);
  const best = listOf(known).choiceOf(compiled).chosen;
  const isNext =
    !best ||
    tags.includes(best.version.tag) ||
    compiled.compare(best, chosen) < 0;
  const { code, reason } = verdictOf(
    compiled,
    chosen,
    isNext ? 'chosen' : 'older',
    best?.version.tag,
  );
  return { accepted: true, version, isNext, code, reason };
}

/**
 * What `newest-build` orders versions by: when a version was built for the
 * platforms of a policy, in nanoseconds since the epoch; the time of its push
 * stands in for what isn't known.
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
