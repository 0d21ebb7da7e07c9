import {
  type CompiledPolicy,
  selectVersion,
  versionsOf,
} from '../../image-updater';
import { toPushedImage } from '../knownImages';
import type { AcceptedImage, DatedRollout } from './acceptedImages';
import type { PendingContext } from './pendingContext';

/**
 * Whether the Image Updater goes back to an image: it sets the best version of
 * those in the registry, even if a newer one runs that was removed.
 *
 * @internal
 */
export function isDowngrade(
  { draft, repository }: Pick<PendingContext, 'draft' | 'repository'>,
  policy: CompiledPolicy,
  { version, image }: AcceptedImage,
  { rollout }: DatedRollout,
): boolean {
  const { tag: running } = rollout.version;
  const known = draft.images.filter(other => other.repository === repository);
  const isRemoved = known.some(
    ({ tags, removed }) =>
      removed && running !== undefined && tags.includes(running),
  );
  if (!isRemoved || image.removed) {
    return false;
  }
  const present = known
    .filter(({ removed }) => !removed)
    .flatMap(other => versionsOf(toPushedImage(other)));
  const { outcome, chosen } = selectVersion(policy, present);
  return outcome === 'chosen' && chosen?.tag === version.tag;
}
