import type { ImageVersion } from '../../model/promotion';
import type { PendingContext } from './pendingContext';

/**
 * A version that is known to have a commit of its own, and when it was
 * committed.
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
    // The promotions of these versions may not exist yet.
    ...evidence
      .filter(({ exact, certain }) => exact && certain)
      .map(({ version, commit }) => ({
        tag: version.tag,
        date: commit?.date,
      })),
  ];
}

/**
 * Whether the Image Updater committed another version when this one already
 * existed. The updater compares build dates. If Landfall doesn't know them, the
 * updater's choice shows that this isn't the newest build.
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
