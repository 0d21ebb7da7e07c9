import { repositoryPath, sameReference } from '../images';
import { parseUpdaterCommit } from '../image-updater/commitMessage';
import { annotatedImages } from '../image-updater/settings/annotatedImages';
import type { ImageVersion } from '../model/promotion';
import type { PromotionDraft } from './PromotionDraft';

/**
 * A change to one repository, according to a commit's message.
 *
 * @internal
 */
interface CommittedChange {
  version: ImageVersion;
  /** The previous version. */
  from?: ImageVersion;
  /** See `VersionEvidence`. */
  certain: boolean;
}

/**
 * What a commit changed in a repository for this application, according to its
 * message. The change is certain only if the message names this application,
 * and a single version of an unambiguous image.
 *
 * @internal
 */
export function committedChange(
  draft: PromotionDraft,
  commit: { message: string },
  repository: string,
): CommittedChange | undefined {
  const parsed = parseUpdaterCommit(commit.message);
  if (!parsed || (parsed.application ?? draft.ref.name) !== draft.ref.name) {
    return undefined;
  }
  const isOwnPath = (path: string) =>
    path === repositoryPath(repository) ||
    `library/${path}` === repositoryPath(repository);
  const changes = parsed.changes.filter(change => isOwnPath(change.image));
  if (!changes.length) {
    return undefined;
  }
  const [{ to, from }] = changes;
  return {
    version: to,
    ...(from && { from }),
    certain:
      parsed.application !== undefined &&
      isUnambiguousPath(draft, repository) &&
      changes.every(change => sameReference(change.to, to)),
  };
}

/**
 * Whether a path in a commit of the Image Updater can only mean this repository
 * of the application. The candidates are the images in the annotations or,
 * without annotations, the repositories in use.
 */
function isUnambiguousPath(draft: PromotionDraft, repository: string): boolean {
  const listed = annotatedImages(draft.application?.annotations ?? {}).map(
    image => image.repository,
  );
  const inUse = Object.entries(draft.memory.repositories).flatMap(
    ([name, { target }]) => (target ? [name] : []),
  );
  const candidates = (listed.length ? listed : [...inUse, repository]).filter(
    name => repositoryPath(name) === repositoryPath(repository),
  );
  return candidates.length > 0 && candidates.every(name => name === repository);
}
