import type { ImageVersion } from '../../model/promotion';
import type { PendingContext } from './pendingContext';

/**
 * A version that is known to have been committed by itself, and when.
 *
 * @internal
 */
export interface CommittedVersion {
  tag?: string;
  date?: string;
}

/**
 * Versions that the Image Updater committed.
 *
 * @internal
 */
export function committedVersions({
  draft,
  repository,
  evidence,
}: Pick<
  PendingContext,
  'draft' | 'repository' | 'evidence'
>): CommittedVersion[] {
  return [
    ...draft
      .promotionsIn(repository)
      .filter(({ commit }) => commit?.exact)
      .map(({ version, commit }) => ({
        tag: version.tag,
        date: commit?.date,
      })),
    // Their promotions may not exist yet.
    ...evidence
      .filter(({ exact, certain }) => exact && certain)
      .map(({ version, commit }) => ({
        tag: version.tag,
        date: commit?.date,
      })),
  ];
}

/**
 * Whether the Image Updater committed another version when this one was already
 * there. It compares the build dates. If those aren't known to us, its choice
 * shows that this is not the newest build.
 *
 * @internal
 */
export function isPassedOver(
  committed: CommittedVersion[],
  { version, at }: { version: ImageVersion; at: string },
): boolean {
  return committed.some(
    ({ tag, date }) =>
      tag !== version.tag &&
      date !== undefined &&
      Date.parse(date) > Date.parse(at),
  );
}
