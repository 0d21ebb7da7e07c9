import type { ImagePushed } from '../model/observation';
import { observed, reported, type StageTime } from '../model/stages';
import type { KnownImage, LaterTag } from './types';

/**
 * A tag that follows the push of its image within this time belongs to the same
 * push: a CI pushes an image under several tags, one after the other. Without
 * events, a tag is only observed with the next read of the repository.
 */
const SAME_PUSH_MS = { reported: 60_000, observed: 600_000 };

/**
 * When an image was pushed; when it was first observed if the registry gives no
 * time.
 *
 * @internal
 */
export function pushTime(
  image: Pick<KnownImage, 'pushedAt' | 'seenAt'>,
): string {
  return image.pushedAt ?? image.seenAt;
}

/**
 * When an image was pushed under a tag.
 *
 * @internal
 */
export function tagPush(
  image: Pick<KnownImage, 'pushedAt' | 'seenAt' | 'laterTags'>,
  tag: string | undefined,
): StageTime {
  const later = image.laterTags?.find(other => other.tag === tag);
  if (later) {
    return { at: later.at, basis: later.basis };
  }
  return image.pushedAt ? reported(image.pushedAt) : observed(image.seenAt);
}

/**
 * When an image was last pushed under any tag.
 *
 * @internal
 */
export function lastPushTime(image: KnownImage): string {
  return [pushTime(image), ...(image.laterTags ?? []).map(({ at }) => at)]
    .sort()
    .slice(-1)[0];
}

/**
 * The tags that an image got later than its own push, once a push of it was
 * observed. A registry lists an image with the time of its first push, whatever
 * tags it got since. An event has the time of the push under its tag.
 *
 * @internal
 */
export function laterTagsAfter(
  known: KnownImage,
  pushed: ImagePushed,
): LaterTag[] {
  const before = known.laterTags ?? [];
  const { pushedAt } = pushed;
  const isEarlierPush =
    pushedAt !== undefined &&
    known.pushedAt !== undefined &&
    isLater(reported(known.pushedAt), pushedAt);
  if (isEarlierPush) {
    // What was known was an event of a later push, of each tag known so far.
    const { at, basis } = tagPush(known, undefined);
    const timed = new Set(before.map(({ tag }) => tag));
    return [
      ...before,
      ...known.tags
        .filter(tag => !timed.has(tag))
        .map(tag => ({ tag, at, basis })),
    ];
  }
  const first = pushTime(known);
  const added = pushed.tags.filter(tag => !known.tags.includes(tag));
  const event = pushedAt === undefined ? undefined : reported(pushedAt);
  const push = event && isLater(event, first) ? event : observed(pushed.seenAt);
  return isLater(push, first)
    ? [...before, ...added.map(tag => ({ tag, ...push }))]
    : before;
}

function isLater({ at, basis }: StageTime, push: string): boolean {
  return Date.parse(at) - Date.parse(push) > SAME_PUSH_MS[basis];
}
