import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import { sortableTime } from '../store/time';

/** A position in the order of images. It stays valid when others are pushed. */
interface Position {
  /** When the image was pushed; ISO 8601, UTC. */
  startedAt: string;
  id: string;
}

/**
 * A page of the images that a registry has, newest first, after a position.
 *
 * @internal
 * @returns the position of the last one, if others follow
 */
export function pageOfImages(
  images: KnownImage[],
  { after, limit }: { after?: Position; limit: number },
): { page: KnownImage[]; next?: Position } {
  const all = images
    .filter(({ removed }) => !removed)
    .map(image => ({ image, position: positionOf(image) }))
    .filter(({ position }) => !after || compare(after, position) < 0)
    .sort((a, b) => compare(a.position, b.position));
  const page = all.slice(0, limit);
  return {
    page: page.map(({ image }) => image),
    ...(all.length > limit && { next: page.at(-1)?.position }),
  };
}

function positionOf({
  repository,
  digest,
  pushedAt,
  seenAt,
}: KnownImage): Position {
  return {
    startedAt: sortableTime(pushedAt ?? seenAt),
    id: `${repository}@${digest}`,
  };
}

function compare(a: Position, b: Position): number {
  return (
    b.startedAt.localeCompare(a.startedAt) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}
