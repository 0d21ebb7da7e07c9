import type { VersionSelection } from '../../select/types';
import { findImage, parseContainerImage } from '../../image/image';
import { compareSemver, parseSemver, type Semver } from '../../semver/version';
import { policyRepository } from '../../settings/images';
import { isMutableTag } from '../../tags/tagMutability';
import { type ImageScope, ofImage } from './rule';

/** Shorter ones are ordinary version numbers. */
const MANY_DIGITS = /^\d{6,}$/;
const HASH = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,40}$/;

/** The accepted versions, with what their tags say. */
function accepted(
  selection: VersionSelection | undefined,
): { tag: string; semver: Semver }[] {
  return (selection?.verdicts ?? [])
    .filter(({ code }) => code === 'chosen' || code === 'older')
    .flatMap(({ tag }) => {
      const semver = parseSemver(tag);
      return semver ? [{ tag, semver }] : [];
    });
}

/** The version of the image that the application runs. */
function runningTag({ image, reading }: ImageScope): string | undefined {
  const live = (reading.application?.images ?? []).map(parseContainerImage);
  return findImage(live, image.policy.image)?.tag?.name;
}

function older(tag: string, than: string): boolean {
  const [left, right] = [parseSemver(tag), parseSemver(than)];
  return left !== undefined && right !== undefined
    ? compareSemver(left, right) < 0
    : false;
}

function isReleased({ semver }: { semver: Semver }): boolean {
  return semver.prerelease === '';
}

/** Rules that need to know what a repository holds. */
export const repositoryRules = [
  ofImage('nothing-selected', 'warning', scope => {
    const { image, selection } = scope;
    // Settings that can't be read have findings of their own.
    return selection?.outcome === 'none' && image.compiled.problems.length === 0
      ? [
          {
            place: image.placeOf('allow-tags') ?? image.listed,
            parameters: { reason: selection.reason },
          },
        ]
      : [];
  }),
  ofImage('digits-as-version', 'warning', scope => {
    const { image, selection } = scope;
    const tag = selection?.chosen?.tag ?? '';
    const other = accepted(selection)
      .filter(version => version.tag.includes('.'))
      .sort((a, b) => compareSemver(b.semver, a.semver))
      .at(0);
    return image.policy.strategy === 'semver' && MANY_DIGITS.test(tag) && other
      ? [{ place: image.listed, parameters: { tag, other: other.tag } }]
      : [];
  }),
  ofImage('hashes-in-order', 'warning', scope => {
    const { image, selection } = scope;
    const tag = selection?.chosen?.tag ?? '';
    return image.policy.strategy === 'alphabetical' && HASH.test(tag)
      ? [
          {
            place: image.placeOf('update-strategy') ?? image.listed,
            parameters: { tag },
          },
        ]
      : [];
  }),
  ofImage('alphabetical-order', 'warning', scope => {
    const { image, selection } = scope;
    const tag = selection?.chosen?.tag ?? '';
    const chosen = parseSemver(tag);
    const higher = accepted(selection)
      .filter(isReleased)
      .filter(({ semver }) => chosen && compareSemver(semver, chosen) > 0)
      .sort((a, b) => compareSemver(b.semver, a.semver))
      .at(0);
    return image.policy.strategy === 'alphabetical' &&
      tag.includes('.') &&
      higher?.tag.includes('.')
      ? [
          {
            place: image.placeOf('update-strategy') ?? image.listed,
            parameters: { tag, higher: higher.tag },
          },
        ]
      : [];
  }),
  ofImage('downgrade', 'warning', scope => {
    const { image, selection } = scope;
    const running = runningTag(scope) ?? '';
    const tag = selection?.chosen?.tag ?? '';
    return image.policy.strategy !== 'digest' && older(tag, running)
      ? [{ place: image.listed, parameters: { tag, running } }]
      : [];
  }),
  ofImage('digest-on-immutable', 'warning', ({ image, repository }) =>
    image.policy.strategy === 'digest' &&
    repository?.tagMutability &&
    !isMutableTag(repository.tagMutability, image.compiled.constraint)
      ? [
          {
            place: image.placeOf('update-strategy') ?? image.listed,
            parameters: { repository: policyRepository(image.policy) ?? '' },
          },
        ]
      : [],
  ),
];
